//! The examples in the rules' documentation: a change of a good job that a rule finds, or does not.

use super::Rule;

/// One example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub is_bad: bool,
    /// For a rule about updates, YAML that is merged over [`GOOD_JOB`] and makes the stored job of it.
    pub stored: Option<&'static str>,
    /// For a rule about policies, the `spec` of the policy.
    pub policy: Option<&'static str>,
    /// YAML that is merged over the stored job, or over [`GOOD_JOB`]; `null` removes a field (RFC 7386).
    pub yaml: &'static str,
}

/// A job that no rule says anything about.
pub const GOOD_JOB: &str = r#"{
  "apiVersion": "ray.io/v1",
  "kind": "RayJob",
  "metadata": {"name": "train", "namespace": "default"},
  "spec": {
    "entrypoint": "python train.py",
    "shutdownAfterJobFinishes": true,
    "rayClusterSpec": {
      "headGroupSpec": {
        "template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.56.0"}]}}
      }
    }
  }
}"#;

/// The examples of a rule, in order: the fenced blocks that begin with `yaml bad` and `yaml good`. A block that begins
/// with `yaml stored` is the stored job of the examples behind it, one that begins with `yaml policy` their policy.
pub fn of(rule: &Rule) -> impl Iterator<Item = Example> {
    let (mut stored, mut policy) = (None, None);
    rule.docs.split("```yaml ").skip(1).filter_map(move |block| {
        let (word, rest) = block.split_once('\n')?;
        let (yaml, _) = rest.split_once("```")?;
        match word.trim() {
            "stored" => stored = Some(yaml),
            "policy" => policy = Some(yaml),
            word => return Some(Example { is_bad: word == "bad", stored, policy, yaml }),
        }
        None
    })
}
