//! The examples in the rules' documentation: a change of a good job that a rule finds, or does not.

use super::Rule;

/// One example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether the rule finds something in it.
    pub is_bad: bool,
    /// YAML that is merged over [`GOOD_JOB`]; `null` removes a field (RFC 7386).
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
        "template": {"spec": {"containers": [{"name": "ray-head", "image": "rayproject/ray:2.52.0"}]}}
      }
    }
  }
}"#;

/// The examples of a rule, in order: the fenced blocks that begin with `yaml bad` and `yaml good`.
pub fn of(rule: &Rule) -> impl Iterator<Item = Example> {
    rule.docs.split("```yaml ").skip(1).filter_map(|block| {
        let (verdict, rest) = block.split_once('\n')?;
        let (yaml, _) = rest.split_once("```")?;
        Some(Example { is_bad: verdict.trim() == "bad", yaml })
    })
}
