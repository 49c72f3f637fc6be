//! RJ638 `unusable-dns-settings`.

use std::net::IpAddr;

use crate::document::{Field, List, Object, Text};
use crate::kubernetes_names::is_dns1123_subdomain;
use crate::rules::prelude::*;

rule! {
    /// The DNS settings of a pod name no server, too many, or something that is none.
    ///
    /// ## Why
    /// `dnsPolicy: None` takes all settings from `dnsConfig`, which needs one to three `nameservers` then. The pod is
    /// refused each time KubeRay creates it, and the job waits for it while the rest of its cluster holds its nodes.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           dnsPolicy: None
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           dnsConfig: {nameservers: [dns.example.com]}
    /// ```
    /// ```yaml bad
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           hostAliases: [{ip: localhost, hostnames: [a.example.com]}]
    /// ```
    /// ```yaml good
    /// spec:
    ///   rayClusterSpec:
    ///     headGroupSpec:
    ///       template:
    ///         spec:
    ///           dnsPolicy: None
    ///           dnsConfig: {nameservers: [10.0.0.10], searches: [example.com]}
    /// ```
    ///
    /// ## References
    /// - Kubernetes v1.27 to v1.35 `validatePodDNSConfig`, `ValidateHostAliases`
    "RJ638" "unusable-dns-settings" Deny since "0.1.0" because
        KubernetesRefuses "`must provide `dnsConfig` when `dnsPolicy` is None`, `must not have more than 3 nameservers`, `must be a valid IP address`, when the pod is created",
}

const MOST_NAMESERVERS: usize = 3;

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    for pod in job.made_pods() {
        let spec = pod.template.spec.object;
        let (policy, config) = (spec.child::<Text>("dnsPolicy"), spec.child::<Object>("dnsConfig"));
        let servers = config.child::<List>("nameservers");
        if policy.value() == Some("None") && servers.is_absent_or_empty() {
            findings
                .report(servers, "dnsPolicy is None, and dnsConfig names no server")
                .reason(Reason::Required)
                .because_of(policy)
                .because_of_all(pod.used_because_of())
                .help("list one to three servers in dnsConfig.nameservers, or remove dnsPolicy");
        }
        let mut report = |field: Field<'a>, message: &'static str, help: &'static str| {
            findings.report(field, message).because_of_all(pod.used_because_of()).help(help);
        };
        if let Some(fourth) = servers.each().nth(MOST_NAMESERVERS) {
            report(fourth, "a pod has at most three nameservers", "keep three of them");
        }
        let aliases = spec.child::<List>("hostAliases");
        let addresses = aliases.objects().map(|alias| alias.child::<Text>("ip"));
        for address in servers.each().map(Field::cast::<Text>).chain(addresses) {
            if is_no_address(address.value().unwrap_or_default()) {
                report(address.any(), "this is no IP address", "write an address such as 10.0.0.10");
            }
        }
        for names in aliases.objects().map(|alias| alias.child::<List>("hostnames")) {
            for name in names.each().map(Field::cast::<Text>) {
                if name.value().is_some_and(|name| !is_dns1123_subdomain(name)) {
                    report(
                        name.any(),
                        "this is no name of a host",
                        "use lower-case letters, digits, hyphens and dots",
                    );
                }
            }
        }
        for option in config.child::<List>("options").objects().map(|option| option.child::<Text>("name")) {
            if option.value().is_none_or(str::is_empty) {
                report(option.any(), "a DNS option has a name", "write its name, or remove the option");
            }
        }
    }
}

/// Kubernetes takes leading zeros, which are dropped here first.
fn is_no_address(text: &str) -> bool {
    let parts: Vec<_> = text
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            rest => rest,
        })
        .collect();
    let is_address = |text: &str| text.parse::<IpAddr>().is_ok();
    // Nobody writes zeros into an address of both kinds.
    let is_of_both_kinds = text.contains(':') && text.contains('.');
    !is_of_both_kinds && !is_address(text) && !is_address(&parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::is_no_address;

    #[test]
    fn addresses_may_have_leading_zeros() {
        for address in ["10.0.0.10", "::1", "010.0.00.1", "::ffff:1.2.3.4", "::ffff:01.2.3.4", "0.0.0.0"] {
            assert!(!is_no_address(address), "{address}");
        }
        for text in ["", "a", "10.0.0", "10.0.0.256", "10.0.0.0/8", "10..0.1"] {
            assert!(is_no_address(text), "{text}");
        }
    }
}
