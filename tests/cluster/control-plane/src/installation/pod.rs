//! What the kubelet and kube-proxy would make of a Deployment and its Service, on one machine: addresses that exist
//! here stand for the ports in the pod, and folders that exist here for its mount paths.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::control_plane::free_ports;
use crate::installation::volumes::{Files, Mount};
use crate::user::User;

/// Finds the keys and values of a Secret in the Deployment's namespace.
pub(crate) type Secrets<'a> = dyn Fn(&str) -> Result<Files> + 'a;

/// A pod that is about to be a process.
#[derive(Clone, Debug)]
pub(crate) struct Pod {
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) readiness: Probe,
    pub(crate) grace_period: Duration,
    namespace: String,
    service_account: Option<String>,
    mounts: Vec<Mount>,
}

/// Where to ask for readiness.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    pub(crate) address: SocketAddr,
    pub(crate) path: String,
}

impl Pod {
    /// Reads the pod template; mount paths move below `root`.
    pub(crate) fn read(deployment: &Value, service: &Value, root: &Path, secrets: &Secrets) -> Result<Self> {
        let namespace = text(deployment, "/metadata/namespace")?.to_owned();
        let spec = &deployment["spec"]["template"]["spec"];
        let [container] = list(spec, "containers") else { bail!("a pod of one container is expected") };
        ensure!(container["command"].is_null(), "the image's entrypoint is expected to be the program");
        let ports = ports(container, service)?;
        let mounts = Mount::read_all(spec, container, root)?;
        let substitutions = substitutions(&ports, &mounts);
        let substitute = |text: &str| {
            substitutions.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        };
        let mut written = Vec::new();
        for variable in list(container, "env") {
            let name = text(variable, "/name")?;
            written.push((name.to_owned(), variable_value(variable, deployment, secrets)?));
        }
        let words =
            list(container, "args").iter().map(|word| word.as_str().context("an argument is a string"));
        let words = words.collect::<Result<Vec<_>>>()?;
        for (port, _) in &ports {
            let listens = |text: &str| text.contains(&format!(":{port}"));
            let anywhere =
                words.iter().any(|word| listens(word)) || written.iter().any(|(_, value)| listens(value));
            ensure!(anywhere, "nothing tells the program to listen on its container port {port}");
        }
        Ok(Self {
            arguments: words.into_iter().map(substitute).collect(),
            environment: written.into_iter().map(|(name, value)| (name, substitute(&value))).collect(),
            readiness: readiness(container, &ports)?,
            grace_period: Duration::from_secs(spec["terminationGracePeriodSeconds"].as_u64().unwrap_or(30)),
            service_account: token_account(spec),
            namespace,
            mounts,
        })
    }

    /// The service account whose token would be mounted.
    pub(crate) fn service_account(&self) -> Option<&str> {
        self.service_account.as_deref()
    }

    /// Stands for the mounted token, whose folder is the same for all processes of this machine.
    pub(crate) fn set_kubeconfig(&mut self, path: &Path) {
        self.environment.push(("RAYGATE_KUBECONFIG".to_owned(), path.to_string_lossy().into_owned()));
    }

    /// Another pod of the Deployment, which listens elsewhere.
    pub(crate) fn another(&self, number: u32) -> Result<Self> {
        let [port, admin_port] = free_ports()?;
        let here = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut pod = self.clone();
        for argument in &mut pod.arguments {
            for (flag, port) in [("--listen=", port), ("--admin-listen=", admin_port)] {
                if argument.starts_with(flag) {
                    *argument = format!("{flag}{}", here(port));
                }
            }
        }
        for (_, value) in pod.environment.iter_mut().filter(|(name, _)| name == "RAYGATE_REPLICA") {
            *value = value.trim_end_matches('0').to_owned() + &number.to_string();
        }
        pod.readiness.address = here(admin_port);
        Ok(pod)
    }

    pub(crate) fn write_volumes(&self, admin: &User) -> Result<()> {
        self.mounts.iter().try_for_each(|mount| mount.write(admin, &self.namespace))
    }
}

/// Each container port with the address that stands for it: the Service's if the Service leads there, else a free one.
fn ports(container: &Value, service: &Value) -> Result<Vec<(u16, SocketAddr)>> {
    let cluster_ip: IpAddr =
        text(service, "/spec/clusterIP")?.parse().context("the Service has no address")?;
    let to_address = |declared: &Value| {
        let number = port(&declared["containerPort"])?;
        let leads_here = |service_port: &&Value| {
            let target = &service_port["targetPort"];
            *target == declared["containerPort"] || (target.is_string() && *target == declared["name"])
        };
        let address = match list(&service["spec"], "ports").iter().find(leads_here) {
            Some(service_port) => SocketAddr::from((cluster_ip, port(&service_port["port"])?)),
            None => SocketAddr::from((Ipv4Addr::LOCALHOST, free_ports::<1>()?[0])),
        };
        Ok((number, address))
    };
    let ports = list(container, "ports").iter().map(to_address).collect::<Result<Vec<_>>>()?;
    ensure!(
        ports.iter().any(|(_, address)| address.ip() == cluster_ip),
        "no port of the Service leads to a port that the container declares"
    );
    Ok(ports)
}

/// Texts of the pod's world and what stands for them here.
fn substitutions(ports: &[(u16, SocketAddr)], mounts: &[Mount]) -> Vec<(String, String)> {
    let addresses = ports.iter().flat_map(|(port, address)| {
        ["0.0.0.0", "[::]"].map(|any| (format!("{any}:{port}"), address.to_string()))
    });
    let folders = mounts.iter().map(Mount::substitution);
    let mut all: Vec<_> = addresses.chain(folders).collect();
    // The longest first: one may be the beginning of another.
    all.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    all
}

fn readiness(container: &Value, ports: &[(u16, SocketAddr)]) -> Result<Probe> {
    let get = &container["readinessProbe"]["httpGet"];
    let path = text(get, "/path").context("a readinessProbe with httpGet is expected")?.to_owned();
    let declared = list(container, "ports").iter().find(|declared| declared["name"] == get["port"]);
    let number = port(declared.map_or(&get["port"], |declared| &declared["containerPort"]))?;
    let found = ports.iter().find(|(port, _)| *port == number);
    let (_, address) = found.context("the readinessProbe asks a port that the container does not declare")?;
    Ok(Probe { address: *address, path })
}

fn token_account(spec: &Value) -> Option<String> {
    if spec["automountServiceAccountToken"] == false {
        return None;
    }
    Some(spec["serviceAccountName"].as_str().unwrap_or("default").to_owned())
}

fn variable_value(variable: &Value, deployment: &Value, secrets: &Secrets) -> Result<String> {
    let source = &variable["valueFrom"];
    if source.is_null() {
        return Ok(variable["value"].as_str().unwrap_or_default().to_owned());
    }
    if let Some(secret) = source.get("secretKeyRef") {
        let (name, key) = (text(secret, "/name")?, text(secret, "/key")?);
        let value = secrets(name)?.into_iter().find(|(found, _)| found == key).map(|(_, value)| value);
        return String::from_utf8(value.with_context(|| format!("Secret {name} has no key {key}"))?)
            .map_err(Into::into);
    }
    match source.pointer("/fieldRef/fieldPath").and_then(Value::as_str) {
        Some("metadata.namespace") => Ok(text(deployment, "/metadata/namespace")?.to_owned()),
        Some("metadata.name") => Ok(format!("{}-0", text(deployment, "/metadata/name")?)),
        Some("status.podIP") => Ok(Ipv4Addr::LOCALHOST.to_string()),
        _ => bail!("variable {}: this valueFrom is not understood: {source}", variable["name"]),
    }
}

pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Result<&'a str> {
    value.pointer(pointer).and_then(Value::as_str).with_context(|| format!("no string at {pointer}"))
}

pub(crate) fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn port(value: &Value) -> Result<u16> {
    let number = value.as_u64().and_then(|number| u16::try_from(number).ok());
    number.with_context(|| format!("{value} is no port"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn deployment() -> Value {
        json!({
            "metadata": {"name": "gate", "namespace": "gates"},
            "spec": {"template": {"spec": {
                "serviceAccountName": "keeper",
                "terminationGracePeriodSeconds": 7,
                "containers": [{
                    "args": ["serve", "--listen=0.0.0.0:9443", "--tls-cert=/etc/tls/tls.crt", "--policy=/etc/tls-policy"],
                    "env": [
                        {"name": "ADMIN_LISTEN", "value": "[::]:8080"},
                        {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                        {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "s", "key": "password"}}},
                    ],
                    "ports": [{"name": "webhook", "containerPort": 9443}, {"name": "admin", "containerPort": 8080}],
                    "readinessProbe": {"httpGet": {"path": "/readyz", "port": "admin"}},
                    "volumeMounts": [
                        {"name": "tls", "mountPath": "/etc/tls"},
                        {"name": "policy", "mountPath": "/etc/tls-policy"},
                    ],
                }],
                "volumes": [{"name": "tls", "secret": {"secretName": "tls"}}, {"name": "policy", "emptyDir": {}}],
            }}},
        })
    }

    fn read(deployment: &Value) -> Result<Pod> {
        let service = json!({"spec": {
            "clusterIP": "127.96.0.9",
            "ports": [{"port": 443, "targetPort": "webhook"}],
        }});
        let secrets = |name: &str| Ok(vec![("password".to_owned(), format!("of {name}").into_bytes())]);
        Pod::read(deployment, &service, Path::new("/run"), &secrets)
    }

    #[test]
    fn ports_become_addresses_and_mounts_become_folders() -> Result<()> {
        let pod = read(&deployment())?;
        let arguments = ["serve", "--listen=127.96.0.9:443", "--tls-cert=/run/0/tls.crt", "--policy=/run/1"];
        assert_eq!(pod.arguments, arguments);
        let admin = pod.readiness.address;
        assert!(admin.ip().is_loopback() && admin.port() != 8080, "a free port of our own: {admin}");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let environment =
            [pair("ADMIN_LISTEN", &admin.to_string()), pair("POD", "gate-0"), pair("PASSWORD", "of s")];
        assert_eq!(pod.environment, environment);
        assert_eq!(pod.grace_period, Duration::from_secs(7));
        Ok(())
    }

    #[test]
    fn a_token_is_mounted_unless_the_pod_says_no() -> Result<()> {
        let mut deployment = deployment();
        assert_eq!(read(&deployment)?.service_account(), Some("keeper"));
        deployment["spec"]["template"]["spec"]["automountServiceAccountToken"] = json!(false);
        assert_eq!(read(&deployment)?.service_account(), None);
        Ok(())
    }

    #[test]
    fn what_cannot_be_done_here_is_an_error_and_not_left_out() {
        type Spoil = fn(&mut Value);
        let cases: [(&str, Spoil); 4] = [
            ("listen on its container port 9443", |container| container["args"] = json!(["serve"])),
            ("variable \"NODE\"", |container| {
                container["env"] = json!([{"name": "NODE", "valueFrom": {"resourceFieldRef": {}}}]);
            }),
            ("there is no volume nowhere", |container| {
                container["volumeMounts"] = json!([{"name": "nowhere", "mountPath": "/data"}]);
            }),
            ("a readinessProbe with httpGet", |container| container["readinessProbe"] = json!(null)),
        ];
        for (expected, spoil) in cases {
            let mut deployment = deployment();
            spoil(&mut deployment["spec"]["template"]["spec"]["containers"][0]);
            let error = format!("{:#}", read(&deployment).expect_err(expected));
            assert!(error.contains(expected), "{error}");
        }
    }
}
