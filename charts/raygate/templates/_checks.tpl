{{/* What the schema cannot say: values that contradict each other. Each message names the value and the remedy. */}}
{{- define "raygate.checks" -}}
{{- include "raygate.checkCertificates" . }}
{{- include "raygate.checkPorts" . }}
{{- with .Values.autoscaling }}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas (%d) is more than autoscaling.maxReplicas (%d)." (int .minReplicas) (int .maxReplicas)) }}
{{- end }}
{{- end }}
{{- $needed := add .Values.drainDelaySeconds .Values.shutdownTimeoutSeconds }}
{{- if le (int .Values.terminationGracePeriodSeconds) (int $needed) }}
{{- fail (printf "terminationGracePeriodSeconds (%d) must be more than drainDelaySeconds and shutdownTimeoutSeconds together (%d), or stopping pods are killed before they have answered: set it to %d or more." (int .Values.terminationGracePeriodSeconds) $needed (add $needed 5)) }}
{{- end }}
{{- end }}

{{- define "raygate.howToMakeCertificates" -}}
{{- $certs := "certs" -}}
Make a CA and a certificate for this release's Service:

  raygate certs --out {{ $certs }} --service {{ include "raygate.fullname" . }} --namespace {{ .Release.Namespace }}

and give all three to helm:

  --set-file certificates.cert={{ $certs }}/tls.crt --set-file certificates.key={{ $certs }}/tls.key --set-file certificates.caBundle={{ $certs }}/ca.crt

Or, if cert-manager is installed, let it make and renew them: --set certificates.mode=cert-manager
{{- end }}

{{- define "raygate.checkCertificates" -}}
{{- $certificates := .Values.certificates }}
{{- if eq $certificates.mode "provided" }}
{{- include "raygate.checkProvidedCertificates" . }}
{{- else }}
{{- range list "secretName" "cert" "key" "caBundle" }}
{{- if index $certificates . }}
{{- fail (printf "certificates.%s is set, but with certificates.mode %s the certificates come from elsewhere: remove it, or set certificates.mode to provided." . $certificates.mode) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "raygate.checkProvidedCertificates" -}}
{{- $certificates := .Values.certificates }}
{{- $how := printf "\n\n%s\n" (include "raygate.howToMakeCertificates" .) }}
{{- if not (or $certificates.secretName $certificates.cert $certificates.key) }}
{{- fail (printf "no serving certificate: the API server calls webhooks over TLS only, so Raygate needs one. Set certificates.secretName (an existing Secret of type kubernetes.io/tls), or certificates.cert and certificates.key.%s" $how) }}
{{- end }}
{{- if and $certificates.secretName (or $certificates.cert $certificates.key) }}
{{- fail "certificates.secretName and certificates.cert/certificates.key are both set: keep the Secret's name, or the certificate and its key, and remove the other." }}
{{- end }}
{{- if not $certificates.secretName }}
{{- if not $certificates.key }}
{{- fail (printf "certificates.key is empty: certificates.cert needs the private key that belongs to it.%s" $how) }}
{{- end }}
{{- if not $certificates.cert }}
{{- fail (printf "certificates.cert is empty: certificates.key needs the certificate that belongs to it.%s" $how) }}
{{- end }}
{{- if not (contains "-----BEGIN CERTIFICATE-----" $certificates.cert) }}
{{- fail "certificates.cert is no PEM certificate: it must contain the text -----BEGIN CERTIFICATE-----. Give the file's content with --set-file certificates.cert=FILE (--set would give the file's name)." }}
{{- end }}
{{- if not (regexMatch "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----" $certificates.key) }}
{{- fail "certificates.key is no PEM private key: it must contain a line such as -----BEGIN PRIVATE KEY-----. Give the file's content with --set-file certificates.key=FILE (--set would give the file's name)." }}
{{- end }}
{{- end }}
{{- if not $certificates.caBundle }}
{{- fail (printf "certificates.caBundle is empty: the API server trusts no CA but this one, so that every call to Raygate would fail.%s" $how) }}
{{- end }}
{{- if not (contains "-----BEGIN CERTIFICATE-----" $certificates.caBundle) }}
{{- fail "certificates.caBundle is no PEM certificate: it must contain the text -----BEGIN CERTIFICATE----- (PEM as it is in the file, not encoded in base64 once more). Give the file's content with --set-file certificates.caBundle=FILE." }}
{{- end }}
{{- if contains "PRIVATE KEY" $certificates.caBundle }}
{{- fail "certificates.caBundle contains a private key, and everybody may read webhook configurations: give the CA's certificate alone (ca.crt)." }}
{{- end }}
{{- end }}

{{- define "raygate.checkPorts" -}}
{{- if eq (int .Values.webhook.port) (int .Values.admin.port) }}
{{- fail (printf "webhook.port and admin.port are both %d: choose two different ports." (int .Values.webhook.port)) }}
{{- end }}
{{- if eq (int .Values.service.port) (int .Values.metrics.port) }}
{{- fail (printf "service.port and metrics.port are both %d: choose two different ports." (int .Values.service.port)) }}
{{- end }}
{{- if and .Values.hostNetwork (eq (int .Values.webhook.port) 10250) }}
{{- fail "webhook.port 10250 is the kubelet's on the node's network: with hostNetwork choose another that is free on every node, such as 9443, and let the control plane reach it." }}
{{- end }}
{{- end }}
