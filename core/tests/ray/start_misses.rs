//! What Ray refuses and Raygate lets pass, with the reasons.

use crate::start_cases::Case;

/// Why something passes that Ray refuses, and for which cases.
pub(crate) type Miss = (&'static str, fn(&Case) -> bool);

/// All that Ray refuses and Raygate lets pass; the first reason that fits counts.
pub(crate) const MISSES: &[Miss] = &[
    ("only Bash knows what stands there", |case| case.has_value(|value| value.contains(['$', '`']))),
    ("an operator, of which a rule warns", |case| {
        case.has_value(|value| {
            value.contains([';', '|', '<', '>', '\n']) || value.contains("&&") || value.contains(" #")
        })
    }),
    ("behind the `&` another command may keep the container up", |case| {
        case.has_value(|value| {
            value.contains("& ") || value.contains("&wait") || case.params.len() > 1 && value.ends_with('&')
        })
    }),
    ("another option stands in the value, or in the name", |case| {
        case.has_value(|value| value.contains(" --")) || case.has_name(|name| name.contains([' ', '=']))
    }),
    ("two open quotes may close each other, and a quote elsewhere may close one", |case| {
        case.params.len() > 1 && case.has_value(|value| value.matches(['\'', '"']).count() % 2 == 1)
    }),
    ("an option that takes a text and has none takes the next option for it, if there is one", |case| {
        case.has_value(|value| value.eq_ignore_ascii_case("true"))
    }),
    ("a Redis may answer at the head's `address`; a rule warns", |case| {
        case.is_head && case.has_name(|name| name == "address")
    }),
    ("nobody writes such an `address`; a rule warns of any", |case| case.has_name(|name| name == "address")),
    ("some versions look at a worker's `temp-dir`, others do not", |case| {
        !case.is_head && case.has_name(|name| name == "temp-dir")
    }),
    ("a zero that some versions take for a port of Ray's choice", |case| {
        case.has_name(|name| name == "runtime-env-agent-port")
    }),
    ("the text is empty, which some versions take", |case| {
        case.has_value(|value| matches!(value, "" | "''" | "\"\""))
    }),
    ("several values with blanks, of which each may change what the others mean", |case| {
        case.params.values().filter(|value| value.contains([' ', '\t'])).count() > 1
    }),
    ("a file or folder of the image", |case| {
        case.has_name(|name| matches!(name, "labels-file" | "plasma-directory"))
    }),
    ("KubeRay 1.5 and newer refuse `labels`, as another rule says", |case| {
        case.has_name(|name| name == "labels")
    }),
    ("a zero that some versions take for absent", |case| {
        case.has_name(|name| name.starts_with("system-reserved-"))
            && case.has_value(|value| value.trim_matches(['0', '.']).is_empty())
    }),
    ("JSON that is no object, for which Ray has no words", |case| {
        case.has_name(|name| name == "system-config")
    }),
    ("more than /dev/shm holds, of which a rule warns", |case| {
        case.has_name(|name| name == "object-store-memory")
    }),
    ("a number that no `i64` holds", |case| case.has_value(|value| value.len() > 18)),
    ("a port that no port is, which only Ray's own processes find", |case| {
        case.has_name(|name| name == "port")
    }),
    ("the wheel lacks Ray's client", |case| case.has_name(|name| name == "ray-client-server-port")),
    ("words that only Bash can count", |case| case.has_value(|value| value.contains(r#"{\"a\":1,"#))),
    ("NaN, which is JSON only for Python", |case| case.has_value(|value| value.contains("NaN"))),
];
