//! Texts that are awkward to edit, before and after.

use crate::program::{COMPLETE, JOB, mutate};

const HEAD: &str = "\
apiVersion: ray.io/v1
kind: RayJob
metadata: {name: a}
spec:
  rayClusterSpec:
    headGroupSpec:
";

/// A head group becomes another one when the job is completed, whatever the lines end in.
fn becomes(before: &str, after: &str) {
    for line_break in ["\n", "\r\n"] {
        for (begin, end) in [("", ""), ("\u{feff}", ""), ("# first\n---\n", "---\nkind: A\napiVersion: v1\n")]
        {
            let text = |group: &str| format!("{begin}{HEAD}{group}{end}").replace('\n', line_break);
            let (before, after) = (text(before), text(after));
            let ran = mutate(&before, &[]);
            assert_eq!((ran.out.as_str(), ran.errors.as_str(), ran.code), (after.as_str(), "", Some(0)));
            let again = mutate(&after, &[]);
            assert_eq!((again.out.as_str(), again.code), (after.as_str(), Some(0)));
        }
    }
}

/// The head group is left alone, and the message holds these words.
fn stays(before: &str, words: &[&str]) {
    let before = format!("{HEAD}{before}");
    let ran = mutate(&before, &[]);
    assert_eq!((ran.out.as_str(), ran.code), (before.as_str(), Some(2)));
    for word in words {
        assert!(ran.errors.contains(word), "{word:?} is not in {}", ran.errors);
    }
}

#[test]
fn a_comment_below_the_last_key_stays_with_it() {
    becomes(
        "      rayStartParams:\n        a: b\n        # about a\n      template: {}\n",
        "      rayStartParams:\n        a: b\n        # about a\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n",
    );
    becomes(
        "      rayStartParams:\n        a: b # about a\n               # and more\n\n        # apart\n      template: {}\n",
        "      rayStartParams:\n        a: b # about a\n               # and more\n        dashboard-host: \"0.0.0.0\"\n\n        # apart\n      template: {}\n",
    );
}

#[test]
fn a_comment_that_belongs_to_the_next_key_stays_above_it() {
    becomes(
        "      rayStartParams:\n        a: b\n      # about template\n      template: {}\n",
        "      rayStartParams:\n        a: b\n        dashboard-host: \"0.0.0.0\"\n      # about template\n      template: {}\n",
    );
    becomes(
        "      rayStartParams:\n        a: b\n# far out\n      template: {}\n",
        "      rayStartParams:\n        a: b\n        dashboard-host: \"0.0.0.0\"\n# far out\n      template: {}\n",
    );
    becomes(
        "      serviceType: ClusterIP\n      # about template\n      template:\n        spec: {}\n",
        "      serviceType: ClusterIP\n      # about template\n      template:\n        spec: {}\n      rayStartParams:\n        dashboard-host: \"0.0.0.0\"\n",
    );
}

#[test]
fn a_comment_between_key_and_value_stays_there() {
    becomes(
        "      rayStartParams: # all as text\n        # below\n        a: b\n",
        "      rayStartParams: # all as text\n        # below\n        a: b\n        dashboard-host: \"0.0.0.0\"\n",
    );
    becomes(
        "      rayStartParams:\n        # none so far\n      template: {}\n",
        "      rayStartParams:\n        # none so far\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n",
    );
}

#[test]
fn what_is_empty_is_filled() {
    let filled = "      rayStartParams:\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n";
    for empty in ["", " {}", " { }", " null", " ~", "   {}"] {
        becomes(&format!("      rayStartParams:{empty}\n      template: {{}}\n"), filled);
    }
    for empty in ["{}", "null"] {
        becomes(
            &format!("      rayStartParams: {empty}  # none\n      template: {{}}\n"),
            "      rayStartParams:  # none\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n",
        );
    }
    becomes(
        "      rayStartParams:\n        {}\n",
        "      rayStartParams:\n        {dashboard-host: \"0.0.0.0\"}\n",
    );
    becomes(
        "      rayStartParams: {\n      # none\n        }\n",
        "      rayStartParams: {dashboard-host: \"0.0.0.0\"\n      # none\n        }\n",
    );
}

#[test]
fn a_file_without_a_final_line_break_gets_none() {
    let text = JOB.replace("      template: {}\n", "");
    let expected = COMPLETE.replace("      template: {}\n", "");
    let ran = mutate(text.trim_end(), &[]);
    assert_eq!(ran.out, expected.trim_end());
    for comment in ["# the end", "        # the end"] {
        let ran = mutate(&format!("{text}{comment}"), &[]);
        let line = "        dashboard-host: \"0.0.0.0\"\n";
        let kept = if comment.starts_with(' ') {
            text.clone() + comment + "\n" + line.trim_end()
        } else {
            expected.clone() + comment
        };
        assert_eq!(ran.out, kept);
    }
}

#[test]
fn indentation_and_quotes_are_those_of_the_neighbours() {
    becomes(
        "         rayStartParams:\n             'a': 'b'\n         template: {}\n",
        "         rayStartParams:\n             'a': 'b'\n             dashboard-host: '0.0.0.0'\n         template: {}\n",
    );
    becomes(
        "       template:\n           a: b\n",
        "       template:\n           a: b\n       rayStartParams:\n           dashboard-host: \"0.0.0.0\"\n",
    );
}

#[test]
fn brackets_are_written_on_as_they_are() {
    for (before, after) in [
        ("{a: b}", "{a: b, dashboard-host: \"0.0.0.0\"}"),
        ("{ a: b } # note", "{ a: b, dashboard-host: \"0.0.0.0\" } # note"),
        ("{\"a\":\"b\"}", "{\"a\":\"b\",\"dashboard-host\":\"0.0.0.0\"}"),
        ("{a: 'b',\tc: 'd'\t}", "{a: 'b',\tc: 'd', dashboard-host: '0.0.0.0'\t}"),
        ("{a: b,}", "{a: b, dashboard-host: \"0.0.0.0\"}"),
        ("{a: b, c: }", "{a: b, c: , dashboard-host: \"0.0.0.0\" }"),
        (
            "{\n          a: b, # one\n          c: d # two\n        }",
            "{\n          a: b, # one\n          c: d, # two\n          dashboard-host: \"0.0.0.0\"\n        }",
        ),
        (
            "{\n          a: b,\n          c: d, # two\n          # three\n        }",
            "{\n          a: b,\n          c: d, # two\n          dashboard-host: \"0.0.0.0\",\n          # three\n        }",
        ),
    ] {
        becomes(
            &format!("      rayStartParams: {before}\n      template: {{}}\n"),
            &format!("      rayStartParams: {after}\n      template: {{}}\n"),
        );
    }
    becomes(
        "      {template: {}}\n",
        "      {template: {}, rayStartParams: {dashboard-host: \"0.0.0.0\"}}\n",
    );
    for empty in ["{}", "null", "~"] {
        becomes(
            &format!("      {{rayStartParams: {empty}, template: {{}}}}\n"),
            "      {rayStartParams: {dashboard-host: \"0.0.0.0\"}, template: {}}\n",
        );
    }
    becomes("      {rayStartParams}\n", "      {rayStartParams: {dashboard-host: \"0.0.0.0\"}}\n");
}

#[test]
fn block_texts_keep_what_they_say() {
    let job = |entrypoint: &str, id: &str| {
        format!(
            "apiVersion: ray.io/v1\nkind: RayJob\nmetadata: {{name: a}}\nspec:\n  entrypoint: {entrypoint}{id}"
        )
    };
    for entrypoint in [
        "|\n    a\n    b",
        "|+\n    a\n\n",
        ">-\n    a\n    b\n  # note",
        "\"a\n    b\"",
        "|+\n    a\n\n  # note",
        "|2+ # note\n    a\n",
    ] {
        for rest in ["\n", "\n  suspend: false\n", "\n\n\n  suspend: false\n"] {
            let before = job(entrypoint, rest);
            let ran = mutate(&before, &["--job-id"]);
            assert_eq!((ran.code, ran.errors.as_str()), (Some(0), ""), "{before}");
            let line =
                ran.out.lines().find(|line| line.starts_with("  jobId: a-")).expect("an id").to_owned()
                    + "\n";
            assert_eq!(ran.out.replacen(&line, "", 1), before);
        }
    }
}

#[test]
fn an_id_stands_below_the_last_scalar_of_the_spec() {
    let text =
        JOB.replace("  rayClusterSpec:", "  suspend: false # for now\n  # the cluster\n  rayClusterSpec:");
    let ran = mutate(&text, &["--job-id"]);
    let lines: Vec<_> = ran.out.lines().skip(6).take(3).collect();
    assert_eq!((lines[0], lines[2]), ("  suspend: false # for now", "  # the cluster"));
    assert!(lines[1].starts_with("  jobId: train-"), "{}", lines[1]);
    for (empty, begin, end) in
        [("\"\"", "\"", "\""), ("''", "'", "'"), ("", "", ""), ("null", "", ""), ("~ # note", "", " # note")]
    {
        let text =
            JOB.replace("spec:\n", &format!("spec:\n  jobId: {empty}\n")).replace("jobId: \n", "jobId:\n");
        let ran = mutate(&text, &["--job-id"]);
        let line = ran.out.lines().nth(5).unwrap_or_default();
        assert!(line.starts_with(&format!("  jobId: {begin}train-")) && line.ends_with(end), "{line}");
        assert_eq!(line.len(), "  jobId: train-12345678".len() + begin.len() + end.len(), "{line}");
    }
}

#[test]
fn anchors_are_edited_where_nobody_shares_them() {
    becomes(
        "      rayStartParams: &params\n        a: b\n      template: {}\n",
        "      rayStartParams: &params\n        a: b\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n",
    );
    becomes(
        "      rayStartParams: &params {}\n      template: {}\n",
        "      rayStartParams: &params\n        dashboard-host: \"0.0.0.0\"\n      template: {}\n",
    );
    becomes(
        "      template: {a: &x {b: c}}\n      rayStartParams:\n        <<: *x\n",
        "      template: {a: &x {b: c}}\n      rayStartParams:\n        <<: *x\n        dashboard-host: \"0.0.0.0\"\n",
    );
}

#[test]
fn what_is_shared_is_left_alone() {
    stays(
        "      rayStartParams: &params\n        a: b\n    workerGroupSpecs:\n    - rayStartParams: *params\n",
        &[
            "<stdin>:7:7: ",
            "`dashboard-host: \"0.0.0.0\"`",
            "`spec.rayClusterSpec.headGroupSpec.rayStartParams`",
        ],
    );
    stays(
        "      template: &params {a: b}\n      rayStartParams: *params\n",
        &["<stdin>:8:7: ", "alias", "`dashboard-host: \"0.0.0.0\"`"],
    );
    stays(
        "      template: {a: &group {rayStartParams: {a: b}}}\n      <<: *group\n",
        &["alias", "`spec.rayClusterSpec.headGroupSpec.rayStartParams`"],
    );
}

#[test]
fn an_edit_that_is_refused_keeps_no_other_from_being_made() {
    let refused = format!("{HEAD}      template: &params {{a: b}}\n      rayStartParams: *params\n");
    let ran = mutate(&format!("{JOB}---\n{refused}---\n{JOB}"), &[]);
    assert_eq!(ran.out, format!("{COMPLETE}---\n{refused}---\n{COMPLETE}"));
    assert!(ran.code == Some(2) && ran.errors.starts_with("<stdin>:20:7: "), "{}", ran.errors);
    let ran = mutate(&refused, &["--job-id"]);
    assert!(ran.code == Some(2) && ran.out.contains("\n  jobId: a-"), "{}", ran.out);
}

#[test]
fn items_of_a_list_are_completed_each_in_its_place() {
    let item = |text: &str| text.replace('\n', "\n  ").trim_end().to_owned() + "\n";
    let list = |text: &str| {
        let item = item(text);
        format!(
            "apiVersion: v1\nkind: List\nitems:\n- {item}# between\n- {item}- apiVersion: v1\n  kind: ConfigMap\n"
        )
    };
    let ran = mutate(&list(JOB), &[]);
    assert_eq!((ran.out, ran.code), (list(COMPLETE), Some(0)));
}

#[test]
fn one_item_that_cannot_be_edited_keeps_no_other_from_being_completed() {
    let item = |params: &str| {
        let head = format!("{{rayStartParams: {params}}}");
        format!(
            "- {{apiVersion: ray.io/v1, kind: RayJob, spec: {{rayClusterSpec: {{headGroupSpec: {head}}}}}}}\n"
        )
    };
    let list = |params: &str| {
        let (item, shared) = (item(params), item("&shared {a: b}"));
        let others = "- {apiVersion: v1, kind: ConfigMap, data: *shared}\n";
        format!("apiVersion: v1\nkind: List\nitems:\n{}{shared}{others}{}", item.repeat(5), item.repeat(4))
    };
    let ran = mutate(&list("{}"), &[]);
    assert_eq!((ran.out, ran.code), (list("{dashboard-host: \"0.0.0.0\"}"), Some(2)));
    assert!(ran.errors.starts_with("<stdin>:9:") && ran.errors.lines().count() == 1, "{}", ran.errors);
}

#[test]
fn an_alias_to_another_item_is_completed_with_it() {
    let list = |line: &str| {
        let job = "apiVersion: ray.io/v1, kind: RayJob, metadata: {name: a}";
        format!(
            "apiVersion: v1\nkind: List\nitems:\n- {{{job}, spec: {{rayClusterSpec: &c {{headGroupSpec: {{rayStartParams: {{{line}}}}}}}}}}}\n- {{{job}, spec: {{rayClusterSpec: *c}}}}\n"
        )
    };
    let ran = mutate(&list(""), &[]);
    assert_eq!((ran.out, ran.code), (list("dashboard-host: \"0.0.0.0\""), Some(0)));
}

#[test]
fn other_kinds_are_left_alone() {
    let spec = "spec:\n  jobTemplate: {rayClusterSpec: {headGroupSpec: {}}}\n  rayClusterSpec: {headGroupSpec: {}}\n";
    for head in ["ray.io/v1\nkind: RayCronJob", "ray.io/v1\nkind: RayCluster", "batch/v1\nkind: RayJob"] {
        let text = format!("apiVersion: {head}\n{spec}");
        let ran = mutate(&text, &["--job-id"]);
        assert_eq!((ran.out, ran.code), (text, Some(0)));
    }
}

#[test]
fn json_stays_json_with_its_own_indentation() {
    let pretty = "{\n\t\"apiVersion\": \"ray.io/v1\",\n\t\"kind\": \"RayJob\",\n\t\"spec\": {\n\t\t\"rayClusterSpec\": {\n\t\t\t\"headGroupSpec\": {\n\t\t\t\t\"template\": {}PARAMS\n\t\t\t}\n\t\t}\n\t}\n}\n";
    let expected = ",\n\t\t\t\t\"rayStartParams\": {\n\t\t\t\t\t\"dashboard-host\": \"0.0.0.0\"\n\t\t\t\t}";
    for params in ["", ",\n\t\t\t\t\"rayStartParams\": {}", ",\n\t\t\t\t\"rayStartParams\": null"] {
        for line_break in ["\n", "\r\n"] {
            let text = |params| pretty.replace("PARAMS", params).replace('\n', line_break);
            let ran = mutate(&text(params), &[]);
            assert_eq!((ran.out, ran.code), (text(expected), Some(0)));
        }
    }
    let line = |params: &str| {
        format!(
            "{{\"apiVersion\":\"ray.io/v1\",\"kind\":\"RayJob\",\"spec\":{{\"rayClusterSpec\":{{\"headGroupSpec\":{{\"rayStartParams\":{params}}}}}}}}}"
        )
    };
    let lines = |params: &[&str]| params.iter().map(|params| line(params) + "\n").collect::<String>();
    let ran = mutate(&lines(&["{}", "{\"a\":\"b\"}", "null", "{\"a\": 1}"]), &[]);
    let expected = lines(&[
        "{\"dashboard-host\":\"0.0.0.0\"}",
        "{\"a\":\"b\",\"dashboard-host\":\"0.0.0.0\"}",
        "{\"dashboard-host\":\"0.0.0.0\"}",
        "{\"a\": 1, \"dashboard-host\": \"0.0.0.0\"}",
    ]);
    assert_eq!((ran.out, ran.code), (expected, Some(0)));
}
