//! Drivers and the nodes that have room for them or not.

use super::*;
use crate::document::Document;

/// How well a driver that asks for this fits in a cluster of these fields.
fn fit(driver: &str, cluster: &str) -> Fit {
    let json =
        format!(r#"{{"spec":{{"submissionMode":"HTTPMode",{driver},"rayClusterSpec":{{{cluster}}}}}}}"#);
    let document: Document<'_> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    let job = RayJob::of(&document);
    Driver::of(&job).fit(&job)
}

fn head(params: &str, limits: &str, container: &str) -> String {
    format!(
        r#""headGroupSpec":{{"rayStartParams":{{{params}}},"template":{{"spec":{{"containers":[
            {{"name":"ray-head","resources":{{"limits":{{{limits}}}}}{container}}}]}}}}}}"#
    )
}

#[test]
fn a_driver_fits_where_one_node_has_all_of_it() {
    let gpus = |limits: &str| head("", limits, "");
    for (driver, cluster, expected) in [
        (r#""entrypointNumGpus":1"#, gpus(r#""nvidia.com/gpu":1"#), Fit::Possible),
        (r#""entrypointNumGpus":2"#, gpus(r#""nvidia.com/gpu":1"#), Fit::Never),
        (r#""entrypointNumGpus":1.0000001"#, gpus(r#""nvidia.com/gpu":1"#), Fit::Possible),
        (r#""entrypointNumGpus":1"#, gpus(r#""cpu":1"#), Fit::Unlikely),
        (r#""entrypointNumGpus":1"#, gpus(r#""nvidia.com/mig-1g.5gb":1"#), Fit::Possible),
        (r#""entrypointNumCpus":2"#, gpus(r#""cpu":"1500m""#), Fit::Possible),
        (r#""entrypointNumCpus":2.5"#, gpus(r#""cpu":"1500m""#), Fit::Never),
        (r#""entrypointNumCpus":64"#, gpus(""), Fit::Possible),
        (r#""entrypointNumCpus":0"#, gpus(r#""cpu":1"#), Fit::Possible),
        (r#""entrypointResources":"{\"disk\":1}""#, gpus(""), Fit::Never),
        (r#""entrypointResources":"{\"disk\":0}""#, gpus(""), Fit::Possible),
        (r#""entrypointResources":"{\"HPU\":1}""#, gpus(""), Fit::Possible),
        (r#""entrypointResources":"{\"TPU-v6e-16-head\":1}""#, gpus(""), Fit::Possible),
        (r#""entrypointResources":"{\"slice\":1}""#, gpus(r#""google.com/tpu":4"#), Fit::Possible),
        (r#""entrypointResources":"{\"TPU\":8}""#, gpus(r#""google.com/tpu":4"#), Fit::Never),
        (r#""entrypointResources":"disk""#, gpus(""), Fit::Possible),
        (r#""entrypointNumGpus":1,"entrypointNumCpus":9"#, gpus(r#""cpu":1,"nvidia.com/gpu":1"#), Fit::Never),
    ] {
        assert_eq!(fit(driver, &cluster), expected, "{driver}: {cluster}");
    }
}

#[test]
fn what_only_the_container_knows_is_possible() {
    let driver = r#""entrypointNumCpus":64"#;
    let limits = r#""cpu":1"#;
    for (params, container) in [
        (r#""num-cpus":"$CPUS""#, ""),
        (r#""num-cpus":"1 --num-gpus=1""#, ""),
        ("", r#","envFrom":[{"configMapRef":{"name":"a"}}]"#),
        ("", r#","env":[{"name":"RAY_OVERRIDE_RESOURCES","value":"{}"}]"#),
        ("", r#","command":["/start.sh"]"#),
        ("", r#","args":["sleep 1"]"#),
    ] {
        assert_eq!(fit(driver, &head(params, limits, container)), Fit::Possible, "{params} {container}");
    }
    assert_eq!(fit(driver, &head("", limits, "")), Fit::Never);
    let beside = |command: &str| head("", limits, &format!(r#"}},{{"name":"b","command":["{command}"]"#));
    assert_eq!(fit(driver, &beside("ray start --address=localhost:6379")), Fit::Possible);
    assert_eq!(fit(driver, &beside("fluent-bit")), Fit::Never);
    let named = head("", limits, "").replace(r#""rayStartParams""#, r#""headService":{},"rayStartParams""#);
    assert_eq!(fit(driver, &named), Fit::Unlikely);
}

#[test]
fn a_group_without_pods_may_get_some_from_somebody() {
    let (driver, small) = (r#""entrypointNumCpus":64"#, head("", r#""cpu":1"#, ""));
    let workers = |replicas: u8, cpus: u8| {
        format!(
            r#"{small},"workerGroupSpecs":[{{"groupName":"w","replicas":{replicas},"template":{{"spec":{{"containers":[
                {{"resources":{{"limits":{{"cpu":{cpus}}}}}}}]}}}}}}]"#
        )
    };
    assert_eq!(fit(driver, &workers(1, 64)), Fit::Possible);
    assert_eq!(fit(driver, &workers(1, 63)), Fit::Never);
    assert_eq!(fit(driver, &workers(0, 64)), Fit::Unlikely);
}

#[test]
fn a_job_that_nobody_submits_by_its_fields_needs_nothing() {
    let spec =
        |fields: &str| format!(r#"{{"spec":{{"entrypointNumGpus":8,{fields},"rayClusterSpec":{{}}}}}}"#);
    let needs = |json: String| {
        let document: Document<'_> = serde_json::from_str(&json).expect("JSON");
        Driver::of(&RayJob::of(&document)).needs.len()
    };
    for (fields, expected) in [
        (r#""submissionMode":"InteractiveMode""#, 0),
        (r#""submissionMode":"SidecarMode""#, 1),
        (r#""submitterPodTemplate":{"spec":{"containers":[{"command":["submit"]}]}}"#, 0),
        (r#""submitterPodTemplate":{"spec":{"containers":[{}]}}"#, 1),
        (r#""entrypointResources":"{\"a\": $N}""#, 1),
    ] {
        assert_eq!(needs(spec(fields)), expected, "{fields}");
    }
}
