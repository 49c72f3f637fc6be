//! Family 3: entrypoint, runtime environment, metadata and resources of the submission; how Ray is started, and which.

use std::borrow::Cow;
use std::fmt::Display;

mod another_ray_in_packages;
mod background_entrypoint;
mod broken_shell_syntax;
mod clashing_ray_ports;
mod command_beginning_with_dash;
mod commands_outside_ray;
mod different_ray_in_old_workers;
mod different_ray_in_workers;
mod environment_variable_not_text;
mod expansion_in_submitted_text;
mod expansion_outside_ray;
mod gpus_without_cuda_in_image;
mod group_labels_without_new_ray;
mod head_option_on_worker;
mod head_without_cpus_alone;
mod image_of_another_architecture;
mod image_with_other_fields;
mod impossible_environment_variable;
mod late_shell_error;
mod local_path_in_http_mode;
mod local_path_in_runtime_environment;
mod log_monitor_without_value;
mod malformed_entrypoint_resources;
mod malformed_image;
mod malformed_package_settings;
mod malformed_ray_resources;
mod malformed_ray_start_value;
mod malformed_requirement;
mod metadata_on_selected_cluster;
mod metadata_with_unfit_ray_version;
mod metadata_without_ray_version;
mod missing_entrypoint;
mod mistyped_runtime_environment;
mod moving_ray_image;
mod nested_ray_command;
mod nothing_to_submit;
mod object_store_beyond_memory;
mod only_setup_submitted;
mod operator_in_ray_start_value;
mod outdated_ray;
mod overlong_command;
mod package_instead_of_list;
mod package_pinned_twice;
mod quoted_variable_before_command;
mod ray_start_option_of_kuberay;
mod ray_start_value_broken_by_bash;
mod ray_start_value_out_of_range;
mod ray_version_unlike_image;
mod ray_with_known_vulnerability;
mod redirection_outside_ray;
mod renamed_environment_variable;
mod runtime_environment_beyond_declared_ray;
mod runtime_environment_beyond_ray;
mod several_package_managers;
mod tasks_on_head_of_large_cluster;
mod trailing_backslash;
mod unclosed_quote;
mod unevenly_read_ray_resources;
mod unfamiliar_ray_start_option;
mod unknown_ray_start_option;
mod unknown_runtime_environment_field;
mod unreachable_dashboard;
mod unread_requirement_option;
mod unreadable_runtime_environment;
mod unusable_package_address;
use super::Family;
use crate::finding::{Findings, Report};
use crate::rayjob::RayJob;
use crate::shell::Submission;

/// The family's rules, by code.
pub static FAMILY: Family = Family {
    digit: '3',
    name: "ray",
    about: "entrypoint, runtime environment, metadata and resources of the submission; how Ray is started, and which",
    rules: &[
        &missing_entrypoint::RULE,
        &unreadable_runtime_environment::RULE,
        &metadata_with_unfit_ray_version::RULE,
        &malformed_entrypoint_resources::RULE,
        &metadata_without_ray_version::RULE,
        &metadata_on_selected_cluster::RULE,
        &environment_variable_not_text::RULE,
        &impossible_environment_variable::RULE,
        &renamed_environment_variable::RULE,
        &mistyped_runtime_environment::RULE,
        &malformed_package_settings::RULE,
        &package_instead_of_list::RULE,
        &several_package_managers::RULE,
        &image_with_other_fields::RULE,
        &unusable_package_address::RULE,
        &local_path_in_http_mode::RULE,
        &local_path_in_runtime_environment::RULE,
        &runtime_environment_beyond_ray::RULE,
        &runtime_environment_beyond_declared_ray::RULE,
        &unknown_runtime_environment_field::RULE,
        &malformed_requirement::RULE,
        &unread_requirement_option::RULE,
        &package_pinned_twice::RULE,
        &another_ray_in_packages::RULE,
        &unclosed_quote::RULE,
        &broken_shell_syntax::RULE,
        &nothing_to_submit::RULE,
        &command_beginning_with_dash::RULE,
        &quoted_variable_before_command::RULE,
        &overlong_command::RULE,
        &commands_outside_ray::RULE,
        &only_setup_submitted::RULE,
        &redirection_outside_ray::RULE,
        &expansion_outside_ray::RULE,
        &expansion_in_submitted_text::RULE,
        &trailing_backslash::RULE,
        &nested_ray_command::RULE,
        &background_entrypoint::RULE,
        &late_shell_error::RULE,
        &unknown_ray_start_option::RULE,
        &unfamiliar_ray_start_option::RULE,
        &malformed_ray_start_value::RULE,
        &ray_start_value_out_of_range::RULE,
        &head_option_on_worker::RULE,
        &ray_start_value_broken_by_bash::RULE,
        &operator_in_ray_start_value::RULE,
        &malformed_ray_resources::RULE,
        &unevenly_read_ray_resources::RULE,
        &clashing_ray_ports::RULE,
        &ray_start_option_of_kuberay::RULE,
        &unreachable_dashboard::RULE,
        &object_store_beyond_memory::RULE,
        &head_without_cpus_alone::RULE,
        &tasks_on_head_of_large_cluster::RULE,
        &log_monitor_without_value::RULE,
        &ray_version_unlike_image::RULE,
        &different_ray_in_workers::RULE,
        &different_ray_in_old_workers::RULE,
        &moving_ray_image::RULE,
        &gpus_without_cuda_in_image::RULE,
        &image_of_another_architecture::RULE,
        &ray_with_known_vulnerability::RULE,
        &outdated_ray::RULE,
        &group_labels_without_new_ray::RULE,
        &malformed_image::RULE,
    ],
};

/// A problem of a runtime environment that Ray finds by itself, and when.
fn refused_by_ray(problem: impl Display) -> String {
    format!("{problem}: Ray would refuse the job once the cluster is up")
}

/// Reports something about the entrypoint, at that byte of it. The message must not quote the text: it may hold secrets.
fn report_entrypoint<'f, 'a>(
    job: &RayJob<'a>,
    submission: &Submission<'a>,
    findings: &'f mut Findings<'_, 'a>,
    offset: usize,
    message: impl Into<Cow<'static, str>>,
) -> Report<'f, 'a> {
    findings
        .report(job.spec.entrypoint, message)
        .inside(submission.position(offset))
        .because_of(job.spec.submission_mode)
        .because_of(job.spec.submitter_pod_template)
}

/// That byte's place, for messages.
fn place(submission: &Submission<'_>, offset: usize) -> String {
    let position = submission.position(offset);
    format!("line {}, column {}", position.line, position.column)
}
