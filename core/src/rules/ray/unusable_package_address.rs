//! RJ318 `unusable-package-address`.

use super::refused_by_ray;
use crate::quoted::Quoted;
use crate::rayjob::{PackageSource, Reader};
use crate::rules::prelude::*;
use crate::runtime_env::package::{Address, Package, Scheme};

rule! {
    /// `working_dir` or `py_modules` names a package that no Ray can load: unknown scheme, or no archive that it unpacks.
    ///
    /// ## Why
    /// Ray knows `https`, `s3`, `gs`, `azure`, `abfss` and `file`, newer ones `http` and `local`, and wants the path to end
    /// in `.zip`, in newer ones `.tar.gz`, `.tgz` or `.tar.xz`, in lower case. It takes no Git repository. `gcs` is not
    /// Google's storage, which is `gs`. Everything else is refused when the whole cluster is up, with a message about a
    /// directory that does not exist.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: git+https://github.com/example/app.git
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: gcs://bucket/app.zip
    /// ```
    /// ```yaml bad
    /// spec:
    ///   runtimeEnvYAML: |
    ///     py_modules: ["s3://bucket/module.ZIP"]
    /// ```
    /// ```yaml good
    /// spec:
    ///   runtimeEnvYAML: |
    ///     working_dir: https://github.com/example/app/archive/main.zip
    ///     py_modules: ["gs://bucket/module.whl", "https://example.com/other.zip?version=1"]
    /// ```
    "RJ318" "unusable-package-address" Deny since "0.1.0" because
        Ray "`… must be an existing directory`, `… is not a valid URI`, `Only .zip … files are supported`, when the job is submitted or its environment is set up (Ray 2.40 to 2.60 validate_uri, upload_working_dir_if_needed, upload_py_modules_if_needed)",
}

fn check<'a>(job: &RayJob<'a>, findings: &mut Findings<'_, 'a>) {
    let Some(environment) =
        job.submitted_environment().filter(|environment| !environment.is_beyond_knowledge())
    else {
        return;
    };
    for source in environment.package_sources() {
        let found = match source.package {
            Package::Address(address) => problem_with(&address, source, environment.reader),
            Package::Path(path) => problem_with_path(path, source, environment.reader),
            Package::Unsure => None,
        };
        let Some((problem, help)) = found else { continue };
        findings
            .report(environment.field, refused_by_ray(format_args!("{} {problem}", source.field)))
            .inside(source.position)
            .because_of_all(environment.because())
            .because_of_all(environment.head_ray_fields())
            .help(help);
    }
}

fn problem_with(
    address: &Address<'_>,
    source: PackageSource<'_>,
    reader: Reader,
) -> Option<(String, &'static str)> {
    let scheme = Quoted(address.written);
    match address.scheme {
        // Without the slashes it may be a file of the submitter.
        Scheme::Unknown if address.has_slashes || reader == Reader::Head => {
            // Without them what stands before the colon may be a user's name.
            let scheme = if address.has_slashes { format!("scheme {scheme}") } else { "scheme".to_owned() };
            Some((format!("has a {scheme} that Ray does not know"), help_for(address.written)))
        }
        Scheme::Store if address.has_path() => Some((
            format!("has the scheme {scheme}, which means a store inside Ray"),
            "write gs:// for Google Cloud Storage",
        )),
        Scheme::Folder if !address.is_absolute() => Some((
            format!("has a path behind {scheme} that does not begin at the root"),
            "write three slashes, for example local:///home/ray/app",
        )),
        Scheme::Folder if address.archive().is_some() => Some((
            format!("names an archive with {scheme}, where only a folder of the image can stand"),
            "unpack the archive in the image and name the folder, or write file:// for an archive",
        )),
        Scheme::Remote(_) => problem_with_archive(address, source, reader),
        Scheme::Store | Scheme::Folder | Scheme::Internal | Scheme::Unknown => None,
    }
}

fn problem_with_archive(
    address: &Address<'_>,
    source: PackageSource<'_>,
    reader: Reader,
) -> Option<(String, &'static str)> {
    let help =
        "give the address of a .zip archive, for example https://github.com/<owner>/<name>/archive/<ref>.zip";
    match address.archive() {
        // Older heads take it at first.
        Some((".whl", _)) if source.field == "working_dir" && reader == Reader::Submitter => {
            Some(("names a wheel, which only py_modules takes".to_owned(), "move the wheel into py_modules"))
        }
        Some(_) => None,
        None => Some(match address.extension() {
            Some(extension) => {
                (format!("ends in {}, which Ray does not unpack", Quoted(&format!(".{extension}"))), help)
            }
            None => ("does not end in the name of an archive".to_owned(), help),
        }),
    }
}

/// A module that is a single file.
fn problem_with_path(
    path: &str,
    source: PackageSource<'_>,
    reader: Reader,
) -> Option<(String, &'static str)> {
    let is_refused =
        reader == Reader::Submitter && source.field == "py_modules" && path.strip_suffix(".py").is_some();
    is_refused.then(|| {
        let problem = "names a single .py file, which cannot be submitted";
        (problem.to_owned(), "name the folder of the package, or put the file into working_dir")
    })
}

fn help_for(scheme: &str) -> &'static str {
    let scheme = scheme.to_ascii_lowercase();
    if scheme.starts_with("git") || scheme == "ssh" {
        "give the address of an archive, for example https://github.com/<owner>/<name>/archive/<ref>.zip"
    } else if scheme.starts_with("wasb") || scheme.starts_with("az") || scheme.starts_with("ab") {
        "write azure:// or abfss:// for Azure's storage"
    } else if scheme.starts_with("s3") {
        "write s3://"
    } else {
        "give an address with https, s3, gs, azure or abfss"
    }
}
