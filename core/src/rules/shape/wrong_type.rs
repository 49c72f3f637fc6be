//! RJ001 `wrong-type`.

use crate::document::{Misfit, Problem, Shape};
use crate::go_types::{Leaf, Type};
use crate::rules::prelude::*;

rule! {
    /// A field holds a value of the wrong type.
    ///
    /// ## Why
    /// KubeRay cannot read such an object, and its operator reads all objects of a kind at once: one that it cannot read
    /// stops it for everybody in the cluster. The API server refuses the object where its schema knows the field; a
    /// manifest that is checked before it gets there is told here, with all its other problems. In YAML `yes`, `1` and
    /// `1.5` are no strings until they are quoted.
    ///
    /// ## Example
    /// ```yaml bad
    /// spec:
    ///   suspend: "false"
    /// ```
    /// ```yaml bad
    /// spec:
    ///   ttlSecondsAfterFinished: 1h
    /// ```
    /// ```yaml bad
    /// spec:
    ///   metadata:
    ///     attempt: 1
    /// ```
    /// ```yaml good
    /// spec:
    ///   suspend: false
    ///   metadata:
    ///     attempt: "1"
    /// ```
    "RJ001" "wrong-type" Deny since "0.1.0" [of misfits] because
        KubeRayStops "`json: cannot unmarshal … into Go struct field`, for the whole list of objects",
        KubernetesRefuses "the CRD's schema gives each field one type",
        RayJobInterface "each field of the interface has one type",
}

fn check<'a>(misfit: &Misfit<'a>, findings: &mut Findings<'_, 'a>) {
    let field = misfit.field;
    let Some(shape) = field.shape() else { return };
    let expected = match misfit.problem {
        Problem::WrongType(go_type) => name_of(go_type),
        // KubeRay drops the older spelling of runtimeEnvYAML, but whoever writes it wants it read.
        Problem::Unknown(..) if field.path().as_str() == "spec.runtimeEnv" && shape != Shape::Text => {
            name_of(Type::Leaf(Leaf::String))
        }
        _ => return,
    };
    let is_unquoted = expected == Shape::Text.as_str() && !matches!(shape, Shape::List | Shape::Object);
    let help = if is_unquoted { "put the value in quotes".to_owned() } else { format!("write {expected}") };
    let message = format!("must be {expected}, but is {}", shape.as_str());
    findings.report(field, message).reason(Reason::TypeInvalid).help(help);
}

/// What must stand there, as people name it.
pub(super) fn name_of(go_type: Type) -> &'static str {
    match go_type {
        Type::Leaf(Leaf::String) => Shape::Text.as_str(),
        Type::Leaf(Leaf::Bool) => Shape::Bool.as_str(),
        Type::Leaf(Leaf::Int32 | Leaf::Int64) => Shape::Integer.as_str(),
        Type::Leaf(Leaf::Float32) => Shape::Number.as_str(),
        Type::Leaf(Leaf::Quantity) => "a quantity such as 500m, 2 or 4Gi",
        Type::Leaf(Leaf::IntOrString) => "an integer or a string",
        Type::Leaf(Leaf::Time) => "a time such as \"2026-01-31T08:00:00Z\"",
        Type::Leaf(Leaf::Raw) => Shape::Any.as_str(),
        Type::Map(_) => Shape::Map.as_str(),
        Type::List(_) => Shape::List.as_str(),
        Type::Struct(_) => Shape::Object.as_str(),
        Type::Pointer(target) => name_of(*target),
    }
}
