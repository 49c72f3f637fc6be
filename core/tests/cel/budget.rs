//! Expressions that would take for ever over a large job, or fill the memory, end when their budget does.

use raygate_core::policy::Failure;
use serde_json::json;

use crate::support::answer;

#[test]
fn nothing_takes_longer_than_its_budget() {
    let many: Vec<_> = (0..20_000).collect();
    let job = json!({"spec": {"entrypoint": "ab".repeat(500_000), "many": many}});
    for text in [
        "object.spec.many.all(a, object.spec.many.all(b, a + b >= 0))",
        "object.spec.many.map(a, object.spec.many.map(b, object.spec.many.map(c, c))).size() > 0",
        "object.spec.many.all(a, a in object.spec.many)",
        "object.spec.many.all(a, object.spec.many == object.spec.many)",
        "object.spec.many.all(a, !object.spec.entrypoint.contains('abc'))",
        "object.spec.many.all(a, object.spec.entrypoint.size() > 0)",
        "object.spec.many.map(a, object.spec.entrypoint + 'x').size() > 0",
        "object.spec.many.map(a, object.spec.entrypoint.split('')).size() > 0",
        "object.spec.many.map(a, object.spec.many + object.spec.many).size() > 0",
        "object.spec.many.all(a, object.spec.many[a] == a)",
        "object.spec.many.exists(a, object.spec.entrypoint.matches('(a|b)*a(a|b){40}c$'))",
        "[object.spec.entrypoint].map(s, s + s + s + s).map(s, s + s + s + s).map(s, s + s + s + s).exists(s, s.size() == 1)",
        "object.spec.many.exists(a, object.spec.entrypoint.lowerAscii() == 'x')",
        "object.spec.many.map(a, string(a)).map(a, object.spec.many.map(b, string(b)).join(a)).size() == 0",
        // What is over is over: nothing absorbs it.
        "object.spec.many.all(a, object.spec.many.all(b, true)) || true",
        "[1].exists(x, object.spec.many.all(a, object.spec.many.all(b, true)) || true)",
    ] {
        assert_eq!(answer(text, &job), Some(Err(Failure::TooCostly)), "{text}");
    }
}

#[test]
fn what_policies_ask_in_earnest_is_far_below_the_budget() {
    let container =
        json!({"name": "c", "image": "registry.example.com/team/ray:2.56.0", "env": [{"name": "A"}]});
    let groups = (0..100)
        .map(|at| json!({"groupName": format!("g{at}"), "template": {"spec": {"containers": vec![container.clone(); 5]}}}));
    let job = json!({"spec": {"entrypoint": "x".repeat(20_000), "rayClusterSpec": {"workerGroupSpecs": groups.collect::<Vec<_>>()}}});
    for text in [
        "object.spec.rayClusterSpec.workerGroupSpecs.all(g, g.template.spec.containers.all(c, c.image.matches('^registry[.]example[.]com/[a-z/]+:[0-9.]+$')))",
        "object.spec.rayClusterSpec.workerGroupSpecs.all(g, g.template.spec.containers.all(c, c.env.all(e, e.name != 'SECRET')))",
        "job.groups.all(g, !(g.name in ['a', 'b']) && g.gpus <= 8.0) && !object.spec.entrypoint.contains('rm -rf')",
        "job.groups.map(g, g.totals.gpus).sum() <= 64.0",
    ] {
        assert_eq!(answer(text, &job), Some(Ok(true)), "{text}");
    }
}
