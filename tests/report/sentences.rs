//! The last line of a report: its numbers, its plurals, and that it never promises what nobody looked at.

use raygate::report::{Format, Report, Summary};

use crate::{samples, written};

#[test]
fn the_last_line_says_what_was_looked_at_and_what_came_of_it() {
    let one = Summary { files: 1, documents: 1, ray_jobs: 1, ..Summary::default() };
    let many = Summary { files: 3, documents: 4, ray_jobs: 2, skipped: 2, ..Summary::default() };
    for (summary, sentence) in [
        (one, "checked 1 file, 1 document: 1 RayJob; nothing was found"),
        (many, "checked 3 files, 4 documents: 2 RayJobs, 2 skipped; nothing was found"),
        (
            Summary { patches: 1, ..many },
            "checked 3 files, 4 documents: 2 RayJobs, 2 skipped, 1 patch passed over; nothing was found",
        ),
        (
            Summary { templates: 2, ray_jobs: 0, skipped: 0, ..many },
            "no RayJob was found in 3 files, 4 documents; 2 templates passed over",
        ),
        (
            Summary { denied: 1, warned: 2, ..many },
            "checked 3 files, 4 documents: 2 RayJobs, 2 skipped; 1 denied, 2 warned",
        ),
        (
            Summary { errors: 1, suppressed: 3, ..one },
            "checked 1 file, 1 document: 1 RayJob; 3 suppressed, 1 error",
        ),
        (Summary { errors: 2, ..one }, "checked 1 file, 1 document: 1 RayJob; 2 errors"),
        (
            Summary { files: 1, documents: 1, ..Summary::default() },
            "no RayJob was found in 1 file, 1 document",
        ),
        (Summary { ray_jobs: 0, ..many }, "no RayJob was found in 3 files, 4 documents; 2 skipped"),
        (
            Summary { ray_jobs: 0, errors: 1, ..many },
            "no RayJob was found in 3 files, 4 documents; 2 skipped, 1 error",
        ),
        (Summary { errors: 1, ..Summary::default() }, "no RayJob was found in 0 files, 0 documents; 1 error"),
    ] {
        let report = Report { summary, ..Report::default() };
        assert_eq!(last_line(&report, Format::Text), sentence);
        assert_eq!(last_line(&report, Format::Github), sentence);
    }
}

#[test]
fn the_last_line_tells_how_to_read_more_about_what_denies() {
    let mut report = samples::mixed();
    assert!(last_line(&report, Format::Text).ends_with(" (`raygate explain RJ103` says more)"));
    report.diagnostics.retain(|found| found.rule.code == "RJ257");
    assert!(last_line(&report, Format::Text).ends_with(" (`raygate explain RJ257` says more)"), "a warning");
    report.diagnostics.iter_mut().for_each(|found| found.suppressed = true);
    assert!(!last_line(&report, Format::Text).contains("explain"), "what is suppressed is known");
}

fn last_line(report: &Report, format: Format) -> String {
    written(report, format).lines().last().expect("a line").to_owned()
}
