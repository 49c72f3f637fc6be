//! Builds and asks the Go program that knows what the API server and KubeRay make of a job, for each version of KubeRay.

use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::LazyLock;

use raygate_core::kuberay::KubeRayVersion;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::go_command::{go, run};
use crate::random;

const MODULE: &str = "github.com/ray-project/kuberay/ray-operator";

/// The oracle of one version of KubeRay.
#[derive(Debug)]
pub(crate) struct Oracle {
    pub(crate) version: KubeRayVersion,
    program: PathBuf,
    /// The source of that KubeRay.
    source: String,
}

/// What happens to a job; see `answer` in `oracle/main.go`.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer<'a> {
    #[serde(borrow)]
    pub(crate) job: &'a RawValue,
    #[serde(default)]
    pub(crate) crd: String,
    #[serde(default)]
    pub(crate) decode: String,
    #[serde(default)]
    pub(crate) metadata: String,
    #[serde(default)]
    pub(crate) spec: String,
    #[serde(default)]
    pub(crate) status: String,
    #[serde(default)]
    pub(crate) cluster: String,
}

/// An error text in KubeRay's source.
#[derive(Debug, Deserialize)]
pub(crate) struct ErrorText {
    pub(crate) function: String,
    /// The format, as it is given to `fmt.Errorf`.
    pub(crate) text: String,
}

/// One of KubeRay's sample jobs.
#[derive(Debug, Deserialize)]
pub(crate) struct Sample {
    /// Its path below `config/samples`.
    pub(crate) file: String,
    pub(crate) job: serde_json::Value,
}

fn build_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kuberay");
    fs::create_dir_all(&folder).expect("a folder for the Go programs");
    folder
}

/// The module file that names this version of KubeRay, unless it is served by no module proxy and not given.
fn module_file(version: KubeRayVersion) -> Option<PathBuf> {
    if version < KubeRayVersion::V1_6 {
        return Some(format!("v{version}.mod").into());
    }
    if version == KubeRayVersion::V1_6 {
        return Some("go.mod".into());
    }
    let source = PathBuf::from(std::env::var_os("RAYGATE_KUBERAY_SOURCE")?);
    let source = source.canonicalize().expect("RAYGATE_KUBERAY_SOURCE must name the folder ray-operator");
    let file = build_folder().join(format!("v{version}.mod"));
    let text = format!(
        "module raygate.dev/kuberay-oracle\n\ngo 1.26.0\n\nrequire {MODULE} v0.0.0\n\nreplace {MODULE} => {}\n",
        source.display()
    );
    fs::write(&file, text).expect("a module file");
    Some(file)
}

/// The oracles of all versions that can be had here, built once.
pub(crate) fn all() -> &'static [Oracle] {
    static ALL: LazyLock<Vec<Oracle>> =
        LazyLock::new(|| KubeRayVersion::ALL.into_iter().filter_map(Oracle::build).collect());
    &ALL
}

impl Oracle {
    fn build(version: KubeRayVersion) -> Option<Self> {
        let module_file = format!("-modfile={}", module_file(version)?.display());
        let go = |arguments: &[&str]| {
            let mut go = go(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kuberay/oracle"));
            go.arg(arguments[0]).arg(&module_file);
            if version == KubeRayVersion::V1_7 {
                go.arg("-mod=mod");
            }
            run(go.args(&arguments[1..]))
        };
        let program = build_folder().join(format!("v{version}"));
        let tag = format!("kuberay_{}", version.as_str().replace('.', "_"));
        go(&["build", "-buildvcs=false", "-tags", &tag, "-o", &program.display().to_string(), "."]);
        let source = go(&["list", "-m", "-f", "{{.Dir}}", MODULE]).trim().to_owned();
        Some(Self { version, program, source })
    }

    fn list(&self, what: &str) -> String {
        run(Command::new(&self.program).args([what, &self.source]))
    }

    /// The texts of all errors that KubeRay's validation of a RayJob can return.
    pub(crate) fn texts(&self) -> Vec<ErrorText> {
        self.list("texts").lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// KubeRay's sample RayJobs as they stand.
    pub(crate) fn samples(&self) -> Vec<Sample> {
        self.list("samples").lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }

    /// How KubeRay starts Ray in the pods of many jobs, one answer a line.
    pub(crate) fn nodes(&self, questions: &str) -> String {
        let file = build_folder().join(format!("v{}.nodes", self.version));
        fs::write(&file, questions).expect("a file of questions");
        let questions = fs::File::open(&file).expect("the file that was just written");
        run(Command::new(&self.program).args(["nodes", &self.source]).stdin(questions))
    }

    /// Starts the program to ask it.
    pub(crate) fn start(&self) -> Asking {
        let mut child = Command::new(&self.program)
            .args(["judge", &self.source])
            // Most of what it allocates is garbage at once: a larger heap halves its time.
            .env("GOGC", "400")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the oracle that was just built must start");
        let input = BufWriter::new(child.stdin.take().expect("stdin is piped"));
        let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Asking { child, input, output, line: String::new() }
    }
}

/// A running oracle.
#[derive(Debug)]
pub(crate) struct Asking {
    child: Child,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    line: String,
}

impl Asking {
    /// Asks one question and waits for its answer.
    pub(crate) fn ask(&mut self, question: &str) -> Answer<'_> {
        self.input.write_all(question.as_bytes()).expect("the oracle reads");
        self.input.flush().expect("the oracle reads");
        read(&mut self.output, &mut self.line)
    }

    /// Writes all questions, one a line, while it hands the answers on in the same order.
    pub(crate) fn ask_all(
        self,
        questions: impl Iterator<Item = String> + Send,
        mut see: impl FnMut(usize, &Answer<'_>),
    ) {
        let Self { mut child, mut input, mut output, mut line } = self;
        // The closure owns the output: if it panics, the program ends, and so does the writer.
        std::thread::scope(move |scope| {
            let writer = scope.spawn(move || {
                let mut count = 0;
                for question in questions {
                    input.write_all(question.as_bytes()).expect("the oracle reads");
                    count += 1;
                }
                input.flush().expect("the oracle reads");
                count
            });
            let mut seen = 0;
            while output.fill_buf().is_ok_and(|buffer| !buffer.is_empty()) {
                see(seen, &read(&mut output, &mut line));
                seen += 1;
            }
            let written: usize = writer.join().expect("all questions were written");
            assert_eq!(written, seen, "one answer for each question");
            assert!(child.wait().expect("the oracle ends").success(), "the oracle failed");
        });
    }
}

fn read<'l>(output: &mut BufReader<ChildStdout>, line: &'l mut String) -> Answer<'l> {
    line.clear();
    output.read_line(line).expect("the oracle writes UTF-8");
    serde_json::from_str(line).unwrap_or_else(|error| panic!("no answer: {error}: {line}"))
}

/// The question about a job that is sent to an operator with these feature gates.
pub(crate) fn question(job: &serde_json::Value, gates: &[(&str, bool)]) -> String {
    let gates: serde_json::Map<_, _> =
        gates.iter().map(|(gate, on)| ((*gate).to_owned(), (*on).into())).collect();
    format!("{{\"job\":{job},\"gates\":{}}}\n", serde_json::Value::from(gates))
}

/// How many random jobs to judge for each version.
pub(crate) fn jobs() -> usize {
    random::setting("RAYGATE_KUBERAY_JOBS")
        .map_or(100_000, |jobs| usize::try_from(jobs).expect("a number of jobs"))
}
