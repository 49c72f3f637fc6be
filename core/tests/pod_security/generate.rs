//! RayJobs at random: templates that meet the restricted standard, and what spoils them.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// A job with a head, some worker groups and perhaps a submitter.
pub(crate) fn job(random: &mut Random) -> Value {
    // Half of the jobs begin as good ones, so that single faults are seen alone.
    let is_careful = random.percent(50);
    let mut cluster = json!({"headGroupSpec": {"template": template(random, is_careful)}});
    let groups = (0..random.below(3)).map(|index| {
        json!({"groupName": format!("group-{index}"), "replicas": 1, "maxReplicas": 3, "numOfHosts": 1,
            "template": template(random, is_careful)})
    });
    cluster["workerGroupSpecs"] = groups.collect();
    if random.percent(40) {
        cluster["enableInTreeAutoscaling"] = true.into();
        if random.percent(70) {
            let context = security_context(random, is_careful, &CONTAINER);
            cluster["autoscalerOptions"] = json!({"securityContext": context});
        }
    }
    let mut spec = json!({"entrypoint": "python train.py", "rayClusterSpec": cluster});
    let modes = ["K8sJobMode", "K8sJobMode", "HTTPMode", "SidecarMode", "InteractiveMode"];
    spec["submissionMode"] = random.pick(&modes).into();
    if random.percent(70) {
        spec["submitterPodTemplate"] = template(random, is_careful);
    }
    json!({"apiVersion": "ray.io/v1", "kind": "RayJob", "metadata": {"name": "train"}, "spec": spec})
}

fn template(random: &mut Random, is_careful: bool) -> Value {
    let mut pod = json!({"containers": containers(random, is_careful, 1)});
    if random.percent(30) {
        pod["initContainers"] = containers(random, is_careful, 1);
    }
    let spoils = |random: &mut Random| random.percent(if is_careful { 2 } else { 12 });
    if is_careful || random.percent(60) {
        pod["securityContext"] = security_context(random, is_careful, &POD);
    }
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        if spoils(random) {
            pod[key] = random.percent(70).into();
        }
    }
    if random.percent(10) {
        pod["hostUsers"] = random.percent(50).into();
    }
    if random.percent(8) {
        pod["os"] = json!({"name": random.pick(&["windows", "linux"])});
    }
    if random.percent(50) {
        let number = 1 + random.below(2);
        pod["volumes"] = (0..number).map(|index| volume(random, is_careful, index)).collect();
    }
    let mut template = json!({"spec": pod});
    if spoils(random) {
        let key = random.pick(&[
            "container.apparmor.security.beta.kubernetes.io/ray",
            "container.apparmor.security.beta.kubernetes.io/",
            "seccomp.security.alpha.kubernetes.io/pod",
            "example.com/note",
        ]);
        let value = random.pick(&["", "runtime/default", "localhost/mine", "localhost", "unconfined"]);
        template["metadata"] = json!({"annotations": {key: value}});
    }
    template
}

fn containers(random: &mut Random, is_careful: bool, least: usize) -> Value {
    let number = least + random.below(2);
    (0..number).map(|index| container(random, is_careful, index)).collect()
}

fn container(random: &mut Random, is_careful: bool, index: usize) -> Value {
    let mut container = json!({"name": format!("container-{index}"), "image": "rayproject/ray:2.56.0"});
    if is_careful || random.percent(60) {
        container["securityContext"] = security_context(random, is_careful, &CONTAINER);
    }
    let share = if is_careful { 4 } else { 15 };
    if random.percent(share) {
        let port = random.pick(&[json!({}), json!({"hostPort": 0}), json!({"hostPort": 8080})]);
        let mut whole = json!({"containerPort": 8080});
        json_patch::merge(&mut whole, &port);
        container["ports"] = json!([whole]);
    }
    for key in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if random.percent(share) {
            container[key] = handler(random);
        }
    }
    if random.percent(share) {
        let hook = random.pick(&["postStart", "preStop"]);
        container["lifecycle"] = json!({hook: handler(random)});
    }
    container
}

fn handler(random: &mut Random) -> Value {
    random.pick(&[
        json!({"httpGet": {"port": 80}}),
        json!({"httpGet": {"port": 80, "host": ""}}),
        json!({"httpGet": {"port": 80, "host": "10.0.0.1"}}),
        json!({"tcpSocket": {"port": 80, "host": "db"}}),
        json!({"tcpSocket": {"port": 80}}),
        json!({"exec": {"command": ["true"]}}),
    ])
}

fn volume(random: &mut Random, is_careful: bool, index: usize) -> Value {
    let good = [
        json!({}),
        json!({"emptyDir": {}}),
        json!({"configMap": {"name": "a"}}),
        json!({"secret": {"secretName": "a"}}),
        json!({"persistentVolumeClaim": {"claimName": "a"}}),
        json!({"csi": {"driver": "a"}}),
        json!({"image": {"reference": "a"}}),
        json!({"projected": {}}),
        json!({"downwardAPI": {}}),
        json!({"ephemeral": {}}),
    ];
    let bad = [
        json!({"hostPath": {"path": "/"}}),
        json!({"nfs": {"server": "a", "path": "/"}}),
        json!({"cephfs": {"monitors": ["a"]}}),
        json!({"gcePersistentDisk": {"pdName": "a"}}),
        json!({"hostPath": {"path": "/"}, "emptyDir": {}}),
        json!({"flexVolume": {"driver": "a"}}),
    ];
    let is_bad = random.percent(if is_careful { 4 } else { 30 });
    let mut volume = json!({"name": format!("volume-{index}")});
    json_patch::merge(&mut volume, &if is_bad { random.pick(&bad) } else { random.pick(&good) });
    volume
}

/// Fields of a security context: those that the restricted standard wants, and what else may stand there.
struct Context {
    wanted: &'static [(&'static str, &'static str)],
    others: &'static [(&'static str, &'static [&'static str])],
}

const POD: Context = Context {
    wanted: &[("runAsNonRoot", "true"), ("seccompProfile", r#"{"type":"RuntimeDefault"}"#)],
    others: &[
        ("runAsNonRoot", &["true", "false", "null"]),
        ("runAsUser", &["0", "1000", "null"]),
        (
            "seccompProfile",
            &[r#"{"type":"Localhost","localhostProfile":"a"}"#, r#"{"type":"Unconfined"}"#, "{}", "null"],
        ),
        (
            "appArmorProfile",
            &[r#"{"type":"RuntimeDefault"}"#, r#"{"type":"Unconfined"}"#, r#"{"type":"Localhost"}"#],
        ),
        ("seLinuxOptions", SE_LINUX),
        (
            "sysctls",
            &[
                r#"[{"name":"kernel.shm_rmid_forced","value":"1"}]"#,
                r#"[{"name":"net.ipv4.tcp_rmem","value":"1"},{"name":"kernel.msgmax","value":"1"}]"#,
                "[]",
            ],
        ),
        ("windowsOptions", WINDOWS),
        ("fsGroup", &["100"]),
    ],
};

const CONTAINER: Context = Context {
    wanted: &[("allowPrivilegeEscalation", "false"), ("capabilities", r#"{"drop":["ALL"]}"#)],
    others: &[
        ("allowPrivilegeEscalation", &["true", "null"]),
        (
            "capabilities",
            &[
                r#"{"drop":["ALL"],"add":["NET_BIND_SERVICE"]}"#,
                r#"{"drop":["ALL"],"add":["CHOWN"]}"#,
                r#"{"drop":["all"],"add":["SYS_PTRACE","chown"]}"#,
                r#"{"drop":["NET_RAW","ALL"]}"#,
                r#"{"add":["KILL"]}"#,
                "{}",
                "null",
            ],
        ),
        ("privileged", &["true", "false", "null"]),
        ("procMount", &[r#""Default""#, r#""Unmasked""#, "null"]),
        ("runAsNonRoot", &["true", "false", "null"]),
        ("runAsUser", &["0", "1000"]),
        ("seccompProfile", &[r#"{"type":"RuntimeDefault"}"#, r#"{"type":"Unconfined"}"#, "null"]),
        ("appArmorProfile", &[r#"{"type":"RuntimeDefault"}"#, r#"{"type":"Unconfined"}"#, "{}"]),
        ("seLinuxOptions", SE_LINUX),
        ("windowsOptions", WINDOWS),
    ],
};

const SE_LINUX: &[&str] = &[
    r#"{"type":"container_t"}"#,
    r#"{"type":"container_engine_t","level":"s0:c1"}"#,
    r#"{"type":"spc_t"}"#,
    r#"{"user":"system_u"}"#,
    r#"{"role":"system_r"}"#,
    "{}",
];

const WINDOWS: &[&str] = &[r#"{"hostProcess":true}"#, r#"{"hostProcess":false}"#, "{}"];

fn security_context(random: &mut Random, is_careful: bool, context: &Context) -> Value {
    let mut fields = Map::new();
    let value = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
    for (key, text) in context.wanted {
        if is_careful || random.percent(40) {
            fields.insert((*key).to_owned(), value(text));
        }
    }
    for (key, choices) in context.others {
        if random.percent(if is_careful { 4 } else { 20 }) {
            fields.insert((*key).to_owned(), value(random.pick(choices)));
        }
    }
    Value::Object(fields)
}
