{{/* The chart's name, for labels. */}}
{{- define "raygate.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of all objects in the namespace. */}}
{{- define "raygate.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := include "raygate.name" . }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The name of both webhook configurations. Mutating webhooks are called in the order of their configurations' names, and
Kueue, whose `kueue-mutating-webhook-configuration` is called only once, must see the queue label that Raygate may set:
so the name begins with a letter before "k" whatever the release is called.
*/}}
{{- define "raygate.configurationName" -}}
{{- printf "admission-%s" (include "raygate.fullname" .) }}
{{- end }}

{{- define "raygate.selectorLabels" -}}
app.kubernetes.io/name: {{ include "raygate.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "raygate.labels" -}}
{{- $own := include "raygate.selectorLabels" . | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/version" .Chart.AppVersion }}
{{- $_ := set $own "app.kubernetes.io/component" "admission-webhook" }}
{{- $_ := set $own "app.kubernetes.io/managed-by" .Release.Service }}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- merge $own .Values.labels | toYaml }}
{{- end }}

{{/*
Metadata of an object: its name, and its own annotations, and labels if it has any, besides those of every object:
`(list . "name" $annotations $labels)`.
*/}}
{{- define "raygate.metadata" -}}
{{- $root := index . 0 -}}
{{- $labels := gt (len .) 3 | ternary (last .) dict -}}
name: {{ index . 1 }}
labels:
  {{- merge (include "raygate.labels" $root | fromYaml) $labels | toYaml | nindent 2 }}
{{- with merge (dict) (index . 2) $root.Values.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "raygate.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "raygate.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* `true` if Raygate has to ask which KubeRay runs, because no value says so. */}}
{{- define "raygate.asksForKubeRay" -}}
{{- not .Values.kuberay.version }}
{{- end }}

{{/* `true` if Raygate has something to ask the API server, for which its pods need a token. */}}
{{- define "raygate.asksTheCluster" -}}
{{- or (not .Values.kuberay.version) .Values.watchPolicies }}
{{- end }}

{{- define "raygate.image" -}}
{{- $image := .Values.image }}
{{- if $image.registry }}{{ trimSuffix "/" $image.registry }}/{{ end }}{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ default .Chart.AppVersion $image.tag }}{{ end }}
{{- end }}

{{/* The Secret with the serving certificate: the given one, or the one that the chart writes. */}}
{{- define "raygate.certificateSecretName" -}}
{{- default (printf "%s-tls" (include "raygate.fullname" .)) .Values.certificates.secretName }}
{{- end }}

{{/* The name that the serving certificate must carry: the only one by which the API server calls. */}}
{{- define "raygate.serverName" -}}
{{- printf "%s.%s.svc" (include "raygate.fullname" .) .Release.Namespace }}
{{- end }}

{{/* The fewest pods that there are when nothing is wrong. */}}
{{- define "raygate.replicas" -}}
{{- if .Values.autoscaling.enabled }}{{ .Values.autoscaling.minReplicas }}{{ else }}{{ .Values.replicas }}{{ end }}
{{- end }}

{{/* Annotations of a webhook configuration: its own, and who writes the CA into it. */}}
{{- define "raygate.configurationAnnotations" -}}
{{- $root := index . 0 -}}
{{- $own := dict }}
{{- if eq $root.Values.certificates.mode "cert-manager" }}
{{- $_ := printf "%s/%s" $root.Release.Namespace (include "raygate.fullname" $root) | set $own "cert-manager.io/inject-ca-from" }}
{{- end }}
{{- merge $own (index . 1) | toYaml }}
{{- end }}

{{/* The affinity of the pods: the given one, and apart from each other unless it says otherwise. */}}
{{- define "raygate.affinity" -}}
{{- $affinity := deepCopy .Values.affinity }}
{{- if not (or (hasKey $affinity "podAntiAffinity") (eq .Values.podAntiAffinity "none")) }}
{{- $selector := dict "matchLabels" (include "raygate.selectorLabels" . | fromYaml) }}
{{- $apart := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" $selector }}
{{- if eq .Values.podAntiAffinity "required" }}
{{- $_ := set $affinity "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $apart)) }}
{{- else }}
{{- $preferred := dict "weight" 100 "podAffinityTerm" $apart }}
{{- $_ := set $affinity "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list $preferred)) }}
{{- end }}
{{- end }}
{{- with $affinity }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* The rules of all webhooks, and what they share. Given as `(list . $webhook "/path" "resource")`. */}}
{{- define "raygate.webhook" -}}
{{- $root := index . 0 }}
{{- $webhook := index . 1 -}}
failurePolicy: {{ $webhook.failurePolicy }}
timeoutSeconds: {{ $webhook.timeoutSeconds }}
sideEffects: None
admissionReviewVersions: [v1]
clientConfig:
  {{- if eq $root.Values.certificates.mode "provided" }}
  caBundle: {{ $root.Values.certificates.caBundle | b64enc }}
  {{- end }}
  service:
    name: {{ include "raygate.fullname" $root }}
    namespace: {{ $root.Release.Namespace }}
    path: {{ index . 2 }}
    port: {{ $root.Values.service.port }}
# Equivalent: objects written as ray.io/v1alpha1 are converted and judged as well.
matchPolicy: Equivalent
rules:
{{- if eq (index . 3) "rayjobpolicies" }}
- apiGroups: [raygate.dev]
  apiVersions: [v1alpha1]
  resources: [rayjobpolicies]
  operations: [CREATE, UPDATE]
  scope: Cluster
{{- else }}
- apiGroups: [ray.io]
  apiVersions: [v1]
  resources: [{{ index . 3 }}]
  operations: [CREATE, UPDATE]
  scope: Namespaced
{{- end }}
namespaceSelector: {{ toJson $webhook.namespaceSelector }}
objectSelector: {{ toJson $webhook.objectSelector }}
matchConditions:
# The API server decides this itself: objects that are being deleted lose their finalizers even while Raygate is down. Only
# the stored object is asked, as the sent one is whatever its sender wrote; a CREATE has none.
- name: not-being-deleted
  expression: oldObject == null || !has(oldObject.metadata.deletionTimestamp)
{{- with $webhook.matchConditions }}
{{ toYaml . }}
{{- end }}
{{- end }}
