//! What machines get: read back by parsers of each format, held against the published schemas, and what must hold beyond.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use raygate::report::{Format, Object, Report};
use serde_json::{Value, json};

use crate::{samples, schemas, written};

fn reports() -> [Report; 4] {
    [samples::mixed(), samples::clean(), samples::nothing(), samples::hostile()]
}

fn parsed(report: &Report, format: Format) -> Value {
    serde_json::from_str(&written(report, format)).expect("JSON")
}

#[test]
fn json_fits_its_schema() {
    for report in reports() {
        assert_eq!(schemas::misfits(schemas::check(), &written(&report, Format::Json)), "");
    }
}

#[test]
fn sarif_fits_the_schema_of_oasis() {
    for report in reports() {
        assert_eq!(schemas::misfits(schemas::sarif(), &written(&report, Format::Sarif)), "");
    }
}

#[test]
fn every_rule_fits_the_schemas() {
    let object = samples::object("jobs/train.yaml", samples::TRAIN, Some("train"));
    let found = |rule| samples::finding(&object, rule, "spec", "spec");
    let diagnostics = raygate_core::rules::all().map(found).collect();
    let report = Report { objects: vec![object.clone()], diagnostics, ..Report::default() };
    assert_eq!(schemas::misfits(schemas::check(), &written(&report, Format::Json)), "");
    assert_eq!(schemas::misfits(schemas::sarif(), &written(&report, Format::Sarif)), "");
}

#[test]
fn what_does_not_fit_is_seen() {
    let mut check = parsed(&samples::mixed(), Format::Json);
    check["findings"][0]["line"] = json!(0);
    assert!(schemas::misfits(schemas::check(), &check.to_string()).contains("findings.0.line"));
    let mut sarif = parsed(&samples::mixed(), Format::Sarif);
    sarif["runs"][0]["columnKind"] = json!("bytes");
    assert!(schemas::misfits(schemas::sarif(), &sarif.to_string()).contains("columnKind"));
}

#[test]
fn the_schema_knows_every_name_that_is_written() {
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(schemas::check()).expect("a file")).expect("JSON");
    let report = parsed(&samples::mixed(), Format::Json);
    for (part, described) in [
        (&report, &schema),
        (&report["summary"], &schema["properties"]["summary"]),
        (&report["findings"][0], &schema["definitions"]["finding"]),
        (&report["errors"][0], &schema["definitions"]["error"]),
    ] {
        let names =
            |object: &Value| object.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(part), names(&described["properties"]));
    }
}

#[test]
fn json_says_where_and_why() {
    let report = parsed(&samples::mixed(), Format::Json);
    let lines: Vec<_> =
        report["findings"].as_array().expect("a list").iter().map(|found| &found["line"]).collect();
    assert_eq!(lines, [7, 8, 15, 17, 3], "by file as read, then by line");
    let suspend = &report["findings"][0];
    assert_eq!(suspend["value"], true);
    assert_eq!([&suspend["column"], &suspend["endLine"], &suspend["endColumn"]], [12, 7, 16]);
    assert!(suspend["because"][0].as_str().is_some_and(|because| because.starts_with("KubeRay refuses")));
    assert_eq!(report["findings"][2]["value"], Value::Null);
    assert_eq!(report["findings"][4]["name"], Value::Null);
    assert_eq!(
        report["errors"][1],
        json!({"file": "gone.yaml", "line": null, "column": null, "message": "there is no such file"})
    );
}

#[test]
fn sarif_says_which_rules_and_how_the_run_went() {
    let log = parsed(&samples::mixed(), Format::Sarif);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small one");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let suspend = rules.iter().find(|rule| rule["id"] == "RJ103").expect("the rule");
    assert_eq!(suspend["name"], "SuspendWithoutShutdown");
    assert!(
        suspend["help"]["markdown"]
            .as_str()
            .is_some_and(|help| help.contains("```yaml bad") && help.contains("- KubeRay refuses: "))
    );
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().expect("a list").len(), 2);
    assert_eq!(suspend["fullDescription"]["text"], "Because it *fails*,\nand costs.");
    let clean = parsed(&samples::clean(), Format::Sarif);
    assert_eq!(clean["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn sarif_says_that_there_was_no_ray_job() {
    let log = parsed(&samples::nothing(), Format::Sarif);
    let notification = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["message"]["text"], "no RayJob was found in 2 files, 3 documents; 3 skipped");
}

#[test]
fn sarif_places_and_suppressions_are_those_of_the_findings() {
    let log = parsed(&samples::mixed(), Format::Sarif);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let place = |at: usize| &results[at]["locations"][0]["physicalLocation"];
    assert_eq!(place(0)["region"], json!({"startLine": 7, "startColumn": 12, "endLine": 7, "endColumn": 16}));
    assert_eq!(place(4)["artifactLocation"]["uri"], "jobs/team%20b/batch.yaml");
    let suppressed: Vec<_> =
        results.iter().map(|result| result["suppressions"].as_array().expect("a list").len()).collect();
    assert_eq!(suppressed, [0, 0, 0, 0, 1]);
}

#[test]
fn sarif_fingerprints_are_each_their_own_and_stay_when_lines_move() {
    let fingerprints = |report: &Report| {
        let log = parsed(report, Format::Sarif);
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect::<Vec<_>>()
    };
    let mut report = samples::mixed();
    // The same rule at the same field twice, as two mistakes in one text would be.
    report.diagnostics.push(report.diagnostics[2].clone());
    let before = fingerprints(&report);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), report.diagnostics.len());
    for found in &mut report.diagnostics {
        let object =
            Object { text: ["\n\n", &found.object.text].concat().into(), ..Object::clone(&found.object) };
        found.object = Arc::new(object);
        found.start.line += 2;
        found.end.line += 2;
    }
    assert_eq!(fingerprints(&report), before);
}

/// A test case: its suite, its name, and the names and texts of what is in it.
type Case = (String, String, Vec<(String, String)>);

/// The cases of a `JUnit` file, read by an XML parser, whose numbers must be those of its suites.
fn cases(xml: &str) -> Vec<Case> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut cases, mut suite): (Vec<Case>, _) = (Vec::new(), String::new());
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let (start, text) = match &event {
            Event::Eof => return cases,
            Event::Start(start) | Event::Empty(start) => (Some(start), None),
            Event::Text(text) => (None, Some(text.xml10_content().into_owned())),
            Event::GeneralRef(reference) => (None, Some(format!("&{};", reference.xml10_content()))),
            _ => continue,
        };
        if let Some(text) = text {
            if let Some((_, content)) = cases.last_mut().and_then(|case| case.2.last_mut()) {
                *content += &text;
            }
            continue;
        }
        let start = start.expect("a start, if no text");
        let name = start.name().0.to_owned();
        let attribute = |name| {
            start
                .try_get_attribute(name)
                .expect("an attribute")
                .map(|found| found.normalized_value(XmlVersion::Explicit1_0).expect("escaped").into_owned())
        };
        match name.as_str() {
            "testsuites" => {}
            "testsuite" => suite = attribute("name").expect("a name"),
            "testcase" => cases.push((suite.clone(), attribute("name").expect("a name"), Vec::new())),
            _ => cases.last_mut().expect("a case").2.push((name, attribute("message").unwrap_or_default())),
        }
    }
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_case_for_each_object() {
    let cases = cases(&written(&samples::mixed(), Format::Junit));
    let names: Vec<_> = cases.iter().map(|(suite, name, _)| (suite.as_str(), name.as_str())).collect();
    assert_eq!(
        names,
        [
            ("jobs/train.yaml", "RayJob team-a/train (document 1)"),
            ("jobs/team b/batch.yaml", "RayJob without a name (document 1)"),
            ("jobs/broken.yaml", "jobs/broken.yaml:7:3"),
            ("gone.yaml", "gone.yaml"),
        ]
    );
    let kinds = |at: usize| cases[at].2.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>();
    assert_eq!(kinds(0), ["failure", "system-out"], "denied and warned");
    assert_eq!(kinds(1), ["system-out"], "suppressed is no failure");
    assert_eq!(kinds(2), ["error"]);
    let failure = &cases[0].2[0].1;
    assert!(
        failure.starts_with("RJ103 suspend-without-shutdown: ") && failure.contains(" (and 2 more)"),
        "{failure}"
    );
    for code in ["RJ103", "RJ101", "RJ620"] {
        assert!(failure.contains(code), "{failure}");
    }
}

#[test]
fn junit_counts_what_it_holds() {
    let xml = written(&samples::mixed(), Format::Junit);
    assert!(xml.contains(r#"<testsuites name="raygate" tests="4" failures="1" errors="2">"#), "{xml}");
    assert!(xml.contains(r#"<testsuite name="jobs/train.yaml" tests="1" failures="1" errors="0">"#), "{xml}");
    let clean = cases(&written(&samples::clean(), Format::Junit));
    assert_eq!(clean.len(), 1);
    assert!(clean[0].2.is_empty(), "a case without a finding passes");
}

#[test]
fn github_gets_one_command_for_each_finding_that_is_not_suppressed() {
    let text = written(&samples::mixed(), Format::Github);
    let commands: Vec<_> = text.lines().collect();
    assert_eq!(commands.len(), 7, "4 findings, 2 failures and the sentence");
    let suspend = "::error file=jobs/train.yaml,line=7,endLine=7,col=12,endColumn=16,title=RJ103 suspend-without-shutdown::";
    assert!(commands[0].starts_with(suspend), "{text}");
    assert!(commands[2].starts_with("::error file=jobs/train.yaml,line=15,"), "{text}");
    assert!(
        commands[3].starts_with("::warning file=jobs/train.yaml,line=17,endLine=19,title="),
        "no columns: {text}"
    );
    assert!(
        commands[4].starts_with("::error file=jobs/broken.yaml,line=7,col=3,title=not checked::"),
        "{text}"
    );
    assert!(commands[5].starts_with("::error file=gone.yaml,title=not checked::"), "{text}");
    assert!(commands[6].starts_with("checked 3 files"), "{text}");
}
