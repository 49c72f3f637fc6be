//! `rule!` turns a doc comment, a line of data and a list of reasons into a [`Rule`](super::Rule).

/// Declares the rule of a file. Its doc comment is the rule's documentation everywhere, its examples are tests.
macro_rules! rule {
    (
        $(#[doc = $line:literal])*
        $code:literal $slug:literal $level:ident since $since:literal
        because $($truth:ident $([from $from:ident])? $([until $until:ident])? $text:literal,)+
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
                    $(.until($crate::kuberay::KubeRayVersion::$until))?,
            )+],
            reads_metadata: false,
            docs: concat!($($line, "\n"),*),
            check,
        };
    };
}

pub(crate) use rule;
