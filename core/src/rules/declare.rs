//! `rule!` turns a doc comment, a line of data and a list of reasons into a [`Rule`](super::Rule).

/// Declares the rule of a file. Its doc comment is the rule's documentation everywhere, its examples are tests.
///
/// Between the version and `because`: `[reads metadata]` for a rule that reads labels or annotations, `[of updates]` for
/// one whose `check` takes the stored job and the new one, `[of misfits]` for one that words what the Go types say,
/// `[of exemptions]` for one about the annotation that hides warnings, `[of files]` for one about what the API server
/// refuses before it asks a webhook, `[of expressions]` for one that says what came of a policy's expression. Behind a truth: `[from V1_5]`, `[until V1_6]`,
/// `[where RayClusterMTLS is true]`.
macro_rules! rule {
    (
        $(#[doc = $line:literal])*
        $code:literal $slug:literal $level:ident since $since:literal
        $([reads $metadata:ident])? $([of $subject:ident])?
        because $(
            $truth:ident $([from $from:ident])? $([until $until:ident])? $([where $gate:ident is $on:literal])?
            $text:literal,
        )+
    ) => {
        $(#[doc = $line])*
        pub(super) static RULE: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            slug: $slug,
            level: $crate::finding::Level::$level,
            since: $since,
            because: &[$(
                $crate::rules::Because::always($crate::rules::Truth::$truth, $text)
                    $(.from($crate::kuberay::KubeRayVersion::$from))?
                    $(.until($crate::kuberay::KubeRayVersion::$until))?
                    $(.with($crate::kuberay::FeatureGate::$gate, $on))?,
            )+],
            reads_metadata: $crate::rules::declare::reads!($($metadata)?),
            docs: concat!($($line, "\n"),*),
            check: $crate::rules::declare::check!($($subject)?),
        };
    };
}

/// Whether the rule must be asked when only labels and annotations change.
macro_rules! reads {
    () => {
        false
    };
    (metadata) => {
        true
    };
}

/// What the rule's `check` looks at.
macro_rules! check {
    () => {
        $crate::rules::Check::Job(check)
    };
    (updates) => {
        $crate::rules::Check::Update(check)
    };
    (misfits) => {
        $crate::rules::Check::Misfit(check)
    };
    (policies) => {
        $crate::rules::Check::Policy(check)
    };
    (expressions) => {
        $crate::rules::Check::Expression(check)
    };
    (files) => {
        $crate::rules::Check::File(check)
    };
    (exemptions) => {
        $crate::rules::Check::Exemption(check)
    };
}

pub(crate) use {check, reads, rule};
