//! The sentence that ends a report for people: what was looked at, what came of it, and how to read more.

use std::fmt::{self, Display, Formatter};

use raygate_core::finding::Level;

use super::Report;

/// The last line of a report; it never says that all is well where nothing was judged.
pub(super) struct Sentence<'r>(pub(super) &'r Report);

impl Display for Sentence<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let summary = self.0.summary;
        if self.0.of_cluster {
            let ray_jobs = Counted(summary.ray_jobs, "RayJob", "RayJobs");
            let others = Counted(summary.skipped, "object", "objects");
            write!(out, "{ray_jobs} judged")?;
            if summary.skipped > 0 {
                write!(out, ", {others} looked at for what stops KubeRay's operator")?;
            }
            return self.end(out, summary.skipped > 0);
        }
        let files = Counted(summary.files, "file", "files");
        let documents = Counted(summary.documents, "document", "documents");
        if summary.ray_jobs == 0 {
            write!(out, "no RayJob was found in {files}, {documents}")?;
        } else {
            let ray_jobs = Counted(summary.ray_jobs, "RayJob", "RayJobs");
            write!(out, "checked {files}, {documents}: {ray_jobs}")?;
        }
        let left_out = self.left_out();
        if !left_out.is_empty() {
            let separator = if summary.ray_jobs == 0 { ';' } else { ',' };
            write!(out, "{separator} {}", left_out.join(", "))?;
        }
        self.end(out, !left_out.is_empty())
    }
}

impl Sentence<'_> {
    fn end(&self, out: &mut Formatter<'_>, follows_left_out: bool) -> fmt::Result {
        self.results(out, follows_left_out)?;
        match self.worst() {
            Some(code) => write!(out, " (`raygate explain {code}` says more)"),
            None => Ok(()),
        }
    }

    /// What was not judged, and is no failure.
    fn left_out(&self) -> Vec<String> {
        let summary = self.0.summary;
        let left_out = [
            (summary.skipped, format!("{} skipped", summary.skipped)),
            (summary.patches, format!("{} passed over", Counted(summary.patches, "patch", "patches"))),
            (
                summary.templates,
                format!("{} passed over", Counted(summary.templates, "template", "templates")),
            ),
        ];
        left_out.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect()
    }

    fn results(&self, out: &mut Formatter<'_>, follows_left_out: bool) -> fmt::Result {
        let summary = self.0.summary;
        let results = [
            (summary.denied > 0).then(|| format!("{} denied", summary.denied)),
            (summary.warned > 0).then(|| format!("{} warned", summary.warned)),
            (summary.suppressed > 0).then(|| format!("{} suppressed", summary.suppressed)),
            (summary.errors > 0).then(|| Counted(summary.errors, "error", "errors").to_string()),
        ];
        let results: Vec<_> = results.into_iter().flatten().collect();
        match (results.is_empty(), summary.ray_jobs) {
            (true, 0) if !self.0.of_cluster => Ok(()),
            (true, _) => write!(out, "; nothing was found"),
            (false, 0) if follows_left_out => write!(out, ", {}", results.join(", ")),
            (false, _) => write!(out, "; {}", results.join(", ")),
        }
    }

    /// The code that is explained as an example: of the first finding that denies, else of the first that is shown.
    fn worst(&self) -> Option<&'static str> {
        let shown: Vec<_> = self.0.sorted().into_iter().filter(|found| !found.suppressed).collect();
        let worst = shown.iter().find(|found| found.level == Level::Deny).or(shown.first());
        worst.map(|found| found.rule.code)
    }
}

/// A number with its noun.
struct Counted(usize, &'static str, &'static str);

impl Display for Counted {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.0, if self.0 == 1 { self.1 } else { self.2 })
    }
}
