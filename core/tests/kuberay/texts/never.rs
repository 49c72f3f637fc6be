//! The error texts that no job can bring about, because something else refuses it first.

const BY_CEL: &str = "the CRD's validation rules refuse it";
const BY_MINIMUM: &str = "the CRD has a minimum";
const BY_DEFAULT: &str = "the CRD has a default for both";
const BY_ENUM: &str = "the CRD has an enum";
const BY_K8S_TOKEN_RULE: &str = "enableK8sTokenAuth is refused for every RayJob, and this comes later";

/// The format, and what comes first.
#[rustfmt::skip]
pub(super) const NEVER: &[(&str, &str)] = &[
    ("Cannot use both legacy onSuccess/onFailure fields and deletionRules simultaneously", BY_CEL),
    ("DeletionStrategy requires either BOTH onSuccess and onFailure, OR the deletionRules field (cannot be empty)", BY_CEL),
    ("both DeletionStrategy.OnSuccess and DeletionStrategy.OnFailure must be set when using the legacy deletion policy fields of DeletionStrategy", BY_CEL),
    ("cannot set both JobStatus and JobDeploymentStatus at the same time", BY_CEL),
    ("exactly one of JobStatus and JobDeploymentStatus must be set", BY_CEL),
    ("deletionRules[%d]: TTLSeconds must be non-negative", BY_MINIMUM),
    ("TTLSeconds must be non-negative", BY_MINIMUM),
    ("preRunningDeadlineSeconds must be a positive integer", BY_MINIMUM),
    ("worker group %s must set both minReplicas and maxReplicas when autoscaling is disabled", BY_DEFAULT),
    ("Spec.UpgradeStrategy.Type value %s is invalid, valid options are %s or %s", BY_ENUM),
    ("authOptions.enableK8sTokenAuth is enabled but minimum Ray version is 2.55.0, got %s", BY_K8S_TOKEN_RULE),
    ("authOptions.enableK8sTokenAuth is enabled and authOptions.secretName is also set", BY_K8S_TOKEN_RULE),
    ("authOptions.enableK8sTokenAuth is enabled but authOptions.mode not set to 'token'", BY_K8S_TOKEN_RULE),
];
