//! The resources that containers ask for: which names Kubernetes knows, and what it demands of their quantities.
//!
//! Rules ask here before the API server would refuse a container. Each function is one of Kubernetes v1.35's
//! `pkg/apis/core/helper` and `validation`, which agree with v1.27's.

use crate::kubernetes_names::is_qualified_name;
use crate::quantity::Quantity;

const HUGE_PAGES: &str = "hugepages-";
const BILLION: i128 = 1_000_000_000;

/// Whether a container can ask for a resource of that name (`validateContainerResourceName`).
pub(crate) fn is_container_resource(name: &str) -> bool {
    if !is_qualified_name(name) {
        return false;
    }
    if !name.contains('/') {
        return matches!(name, "cpu" | "memory" | "ephemeral-storage") || is_huge_pages(name);
    }
    is_native(name) || is_extended(name)
}

/// Whether the resource is memory in pages of one size (`IsHugePageResourceName`).
pub(crate) fn is_huge_pages(name: &str) -> bool {
    name.starts_with(HUGE_PAGES)
}

/// So much of the resource, as people write it: memory and disks in bytes.
pub(crate) fn written(name: &str, quantity: &Quantity) -> String {
    let is_in_bytes = matches!(name, "memory" | "ephemeral-storage") || is_huge_pages(name);
    if is_in_bytes { quantity.in_bytes() } else { quantity.to_string() }
}

/// Whether a container may be promised more of the resource than there is: its request may be below its limit
/// (`IsOvercommitAllowed`).
pub(crate) fn allows_overcommit(name: &str) -> bool {
    is_native(name) && !is_huge_pages(name)
}

/// Whether the resource is a device or such, like `nvidia.com/gpu` (`IsExtendedResourceName`).
pub(crate) fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && is_qualified_name(&["requests.", name].concat())
}

/// Whether Kubernetes takes a quantity for a whole number. It looks at thousandths, rounded up; `None` for a number
/// that it cannot count in them.
pub(crate) fn is_whole(quantity: &Quantity) -> Option<bool> {
    let thousandths = rounded_up(quantity, BILLION / 1000)?;
    Some(thousandths % 1000 == 0)
}

/// Whether a quantity is so many whole pages of the size in the name (`IsHugePageResourceValueDivisible`); `None` if
/// Kubernetes cannot count with it.
pub(crate) fn is_whole_pages(name: &str, quantity: &Quantity) -> Option<bool> {
    let Ok(page) = name.strip_prefix(HUGE_PAGES)?.parse::<Quantity>() else { return Some(false) };
    if page.is_zero() || page.is_negative() || !is_whole(&page)? {
        return Some(false);
    }
    let size = rounded_up(&page, BILLION)?;
    Some(rounded_up(quantity, BILLION)? % size == 0)
}

/// Without a domain, or in Kubernetes' own (`IsNativeResource`).
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// A quantity as a whole number, rounded away from zero, while Go's `int64` holds it (`Quantity.Value`).
pub(crate) fn whole(quantity: &Quantity) -> Option<i64> {
    rounded_up(quantity, BILLION)
}

/// A quantity in units of so many billionths, rounded away from zero, while Go's `int64` holds it.
fn rounded_up(quantity: &Quantity, unit: i128) -> Option<i64> {
    let nanos = quantity.nanos()?;
    let units = nanos.abs().checked_add(unit - 1)? / unit * nanos.signum();
    i64::try_from(units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_know_few_names_without_a_domain() {
        for name in [
            "cpu",
            "memory",
            "ephemeral-storage",
            "hugepages-2Mi",
            "nvidia.com/gpu",
            "kubernetes.io/x",
            "A.b/c",
        ] {
            assert_eq!(is_container_resource(name), name != "A.b/c", "{name}");
        }
        let long = format!("{}/gpu", "a".repeat(250));
        for name in
            ["gpu", "CPU", "storage", "requests.cpu", "pods", "requests.x/y", "nvidia.com/gpu/1", "", &long]
        {
            assert!(!is_container_resource(name), "{name}");
        }
    }

    #[test]
    fn only_native_resources_may_be_promised_twice() {
        for (name, allows) in
            [("cpu", true), ("kubernetes.io/x", true), ("nvidia.com/gpu", false), ("hugepages-1Gi", false)]
        {
            assert_eq!(allows_overcommit(name), allows, "{name}");
        }
    }

    #[test]
    fn whole_is_what_is_whole_in_thousandths() {
        for (text, whole) in [
            ("2", Some(true)),
            ("1e3", Some(true)),
            ("500m", Some(false)),
            ("1.5", Some(false)),
            ("1n", Some(false)),
            ("999999999n", Some(true)),
            ("1000000001n", Some(false)),
            ("-500m", Some(false)),
            ("1e17", None),
        ] {
            assert_eq!(is_whole(&text.parse().expect("a quantity")), whole, "{text}");
        }
    }

    #[test]
    fn pages_are_whole_or_refused() {
        for (name, text, whole) in [
            ("hugepages-2Mi", "4Mi", Some(true)),
            ("hugepages-2Mi", "3Mi", Some(false)),
            ("hugepages-2Mi", "0", Some(true)),
            ("hugepages-2mi", "0", Some(false)),
            ("hugepages-0", "0", Some(false)),
            ("hugepages-1Gi", "1e30", None),
            ("cpu", "1", None),
        ] {
            assert_eq!(is_whole_pages(name, &text.parse().expect("a quantity")), whole, "{name} {text}");
        }
    }
}
