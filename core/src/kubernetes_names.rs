//! The forms that Kubernetes gives to names. Rules ask here before the API server, or KubeRay, would refuse a name.
//!
//! Each function is one of apimachinery v0.36's `util/validation`; KubeRay v1.3 to v1.7 was built with v0.32 to v0.36,
//! which agree. Lengths are bytes, as there.

/// The longest DNS label, label value, or name part of a qualified name.
const LONGEST_LABEL: usize = 63;
const LONGEST_SUBDOMAIN: usize = 253;
const LONGEST_PORT_NAME: usize = 15;

/// `IsDNS1123Label`: the name of a namespace, a container or a volume.
pub fn is_dns1123_label(name: &str) -> bool {
    name.len() <= LONGEST_LABEL && is_lower_case_label(name)
}

/// `IsDNS1123Subdomain`: the name of most objects.
pub fn is_dns1123_subdomain(name: &str) -> bool {
    name.len() <= LONGEST_SUBDOMAIN && name.split('.').all(is_lower_case_label)
}

/// `IsDNS1035Label`: the name of a Service.
pub fn is_dns1035_label(name: &str) -> bool {
    is_dns1123_label(name) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// `IsQualifiedName`: the key of a label or an annotation, the name of a resource.
pub fn is_qualified_name(name: &str) -> bool {
    match name.split_once('/') {
        // A second slash is no character of a name.
        Some((prefix, name)) => is_dns1123_subdomain(prefix) && is_name_part(name),
        None => is_name_part(name),
    }
}

/// `IsValidLabelValue`.
pub fn is_label_value(value: &str) -> bool {
    value.is_empty() || is_name_part(value)
}

/// `IsCIdentifier`.
pub fn is_c_identifier(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    begins_without_digit(name) && name.bytes().all(allowed)
}

/// `IsEnvVarName`: what Kubernetes up to v1.31 demands of the name of an environment variable.
pub fn is_env_var_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    begins_without_digit(name) && name.bytes().all(allowed) && name != "." && !name.starts_with("..")
}

/// `IsRelaxedEnvVarName`: what Kubernetes from v1.32 on demands of the name of an environment variable.
pub fn is_relaxed_env_var_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'=')
}

/// `IsValidPortName`: the name of a port of a container.
pub fn is_port_name(name: &str) -> bool {
    name.len() <= LONGEST_PORT_NAME
        && is_lower_case_label(name)
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.contains("--")
}

/// A label of any length.
fn is_lower_case_label(name: &str) -> bool {
    let alphanumeric = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    is_framed(name, alphanumeric, |byte| alphanumeric(byte) || byte == b'-')
}

fn is_name_part(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    name.len() <= LONGEST_LABEL && is_framed(name, |byte| byte.is_ascii_alphanumeric(), allowed)
}

/// Whether a name is of allowed bytes and has certain ones at both ends.
fn is_framed(name: &str, at_the_ends: impl Fn(u8) -> bool, allowed: impl Fn(u8) -> bool) -> bool {
    let bytes = name.as_bytes();
    let [first, .., last] = bytes else { return bytes.first().is_some_and(|only| at_the_ends(*only)) };
    at_the_ends(*first) && at_the_ends(*last) && bytes.iter().all(|byte| allowed(*byte))
}

fn begins_without_digit(name: &str) -> bool {
    name.starts_with(|first: char| !first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    type HasForm = fn(&str) -> bool;

    /// Each form with its letter in the table.
    const FORMS: [(char, HasForm); 9] = [
        ('l', is_dns1123_label),
        ('s', is_dns1123_subdomain),
        ('5', is_dns1035_label),
        ('q', is_qualified_name),
        ('v', is_label_value),
        ('c', is_c_identifier),
        ('e', is_env_var_name),
        ('r', is_relaxed_env_var_name),
        ('p', is_port_name),
    ];

    /// Texts, and the forms that apimachinery's functions find in them.
    #[rustfmt::skip]
    const TABLE: [(&str, &str); 70] = [
        ("", "v"),
        ("a", "ls5qvcerp"),
        ("A", "qvcer"),
        ("0", "lsqvr"),
        ("-", "er"),
        ("_", "cer"),
        (".", "r"),
        ("/", "r"),
        ("=", ""),
        ("a b", "r"),
        (" a", "r"),
        ("a\n", ""),
        ("\n", ""),
        ("\x7f", ""),
        ("\t", ""),
        ("é", ""),
        ("aé", ""),
        ("ａ", ""),
        ("ĸ", ""),
        ("a-", "er"),
        ("-a", "er"),
        ("a_", "cer"),
        ("_a", "cer"),
        ("a.", "er"),
        (".a", "er"),
        ("..", "r"),
        ("..a", "r"),
        ("a..b", "qver"),
        ("a.-b", "qver"),
        ("a-.b", "qver"),
        ("a.b", "sqver"),
        ("A.b", "qver"),
        ("a-b", "ls5qverp"),
        ("a--b", "ls5qver"),
        ("a_b", "qvcer"),
        ("a__b", "qvcer"),
        ("A_B", "qvcer"),
        ("0a", "lsqvrp"),
        ("a0", "ls5qvcerp"),
        ("1", "lsqvr"),
        ("123", "lsqvr"),
        ("1.2", "sqvr"),
        ("1.a", "sqvr"),
        ("a/b", "qr"),
        ("/b", "r"),
        ("a/", "r"),
        ("a/b/c", "r"),
        ("a//b", "r"),
        ("A/b", "r"),
        ("a.b/C", "qr"),
        ("a_b/c", "r"),
        ("ray.io/x", "qr"),
        ("ray.io/x_Y.z", "qr"),
        ("ray.io/-x", "r"),
        ("ray.io/x-", "r"),
        ("ray.io/é", ""),
        ("-a/b", "r"),
        ("a=b", ""),
        ("a=", ""),
        ("=a", ""),
        ("a:b", "r"),
        ("$(A)", "r"),
        ("PATH", "qvcer"),
        ("my.env-name", "sqver"),
        ("http", "ls5qvcerp"),
        ("http-metrics", "ls5qverp"),
        ("http--metrics", "ls5qver"),
        ("8080", "lsqvr"),
        ("80-a", "lsqvrp"),
        ("HTTP", "qvcer"),
    ];

    fn forms_of(text: &str) -> String {
        FORMS.iter().filter(|(_, has_form)| has_form(text)).map(|(letter, _)| letter).collect()
    }

    #[test]
    fn texts_have_the_forms_that_kubernetes_finds_in_them() {
        for (text, forms) in TABLE {
            assert_eq!(forms_of(text), forms, "{text:?}");
        }
    }

    #[test]
    fn lengths_end_where_kubernetes_ends_them() {
        let subdomain = |length: usize| format!("{}.{}", "a".repeat(63), "b".repeat(length - 64));
        for (text, forms) in [
            ("a".repeat(15), "ls5qvcerp"),
            ("a".repeat(16), "ls5qvcer"),
            ("a".repeat(63), "ls5qvcer"),
            ("a".repeat(64), "scer"),
            (subdomain(253), "ser"),
            (subdomain(254), "er"),
            (format!("{}/a", subdomain(253)), "qr"),
            (format!("{}/a", subdomain(254)), "r"),
            (format!("a.b/{}", "c".repeat(63)), "qr"),
            (format!("a.b/{}", "c".repeat(64)), "r"),
        ] {
            assert_eq!(forms_of(&text), forms, "{text:?}");
        }
    }
}
