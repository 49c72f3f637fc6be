//! What a submitted runtime environment wants to be installed or loaded, item by item, each with its place.

use super::SubmittedEnvironment;
use crate::ray_version::Release;
use crate::runtime_env::package::{Address, Package, Since};
use crate::yaml::{Node, Position, Value};

/// A package manager that installs a list of packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manager {
    /// `pip`
    Pip,
    /// `uv`
    Uv,
}

/// One line of a list of packages.
#[derive(Clone, Copy, Debug)]
pub struct ListedPackage<'j> {
    /// Who installs it.
    pub manager: Manager,
    /// The line.
    pub line: &'j str,
    /// Where it begins.
    pub position: Position,
    /// Whether the manager is given options that may change what lines mean.
    pub has_install_options: bool,
}

/// `working_dir`, or one item of `py_modules`.
#[derive(Clone, Copy, Debug)]
pub struct PackageSource<'j> {
    /// The field that holds it.
    pub field: &'static str,
    /// The text.
    pub text: &'j str,
    /// Where it begins.
    pub position: Position,
    /// What it names.
    pub package: Package<'j>,
}

/// A form that Ray refuses until some release.
#[derive(Clone, Debug)]
pub struct NewerForm {
    /// The form, for a message.
    pub what: String,
    /// Where it stands.
    pub position: Position,
    /// The newest release that was seen to refuse it.
    pub absent_in: Release,
    /// The oldest one that was seen to take it.
    pub known_in: Release,
}

impl Manager {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pip, Self::Uv];

    /// The field of the environment.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Pip => "pip",
            Self::Uv => "uv",
        }
    }

    /// The options for its command.
    pub const fn install_options(self) -> &'static str {
        match self {
            Self::Pip => "pip_install_options",
            Self::Uv => "uv_pip_install_options",
        }
    }
}

impl<'j, 'a> SubmittedEnvironment<'j, 'a> {
    /// What each manager is told.
    pub fn managers(&self) -> impl Iterator<Item = (Manager, &'j Node<'a>)> {
        let environment = *self;
        Manager::ALL
            .into_iter()
            .filter_map(move |manager| Some((manager, environment.value(manager.field())?)))
    }

    /// The lines of `pip` and `uv`, those of one line that arrive as they are.
    pub fn listed_packages(&self) -> impl Iterator<Item = ListedPackage<'j>> {
        let environment = *self;
        Manager::ALL.into_iter().flat_map(move |manager| {
            let value = environment.value(manager.field()).map(|node| &node.value);
            let (list, has_install_options) = match value {
                Some(Value::Mapping(settings)) => {
                    let setting = |name| settings.iter().find(|entry| entry.key == name);
                    let packages = setting("packages").map(|entry| &entry.value.value);
                    (packages, setting(manager.install_options()).is_some())
                }
                other => (other, false),
            };
            let items = match list {
                Some(Value::Sequence(items)) => items.as_slice(),
                _ => &[],
            };
            items.iter().filter_map(move |item| {
                let line = environment.known_text(item).filter(|line| !line.contains(['\n', '\r']))?;
                Some(ListedPackage { manager, line, position: item.position, has_install_options })
            })
        })
    }

    /// `working_dir` and the items of `py_modules`, those that arrive as they are.
    pub fn package_sources(&self) -> impl Iterator<Item = PackageSource<'j>> {
        let environment = *self;
        let modules = match environment.value("py_modules").map(|node| &node.value) {
            Some(Value::Sequence(items)) => items.as_slice(),
            _ => &[],
        };
        let directory = environment.value("working_dir").map(|node| ("working_dir", node));
        let modules = modules.iter().map(|node| ("py_modules", node));
        directory.into_iter().chain(modules).filter_map(move |(field, node)| {
            let text = environment.known_text(node)?;
            Some(PackageSource { field, text, position: node.position, package: Package::of(text) })
        })
    }

    /// The forms in it that not every Ray takes.
    pub fn newer_forms(&self) -> impl Iterator<Item = NewerForm> {
        self.package_sources().filter_map(newer_form).chain(self.newer_options())
    }

    fn newer_options(&self) -> impl Iterator<Item = NewerForm> {
        self.managers().filter_map(|(manager, node)| {
            let name = manager.install_options();
            let entry = node.value.as_mapping()?.iter().find(|entry| entry.key == name)?;
            let (absent_in, known_in) = match manager {
                Manager::Pip => ([2, 46], [2, 60]),
                Manager::Uv => ([2, 40], [2, 46]),
            };
            let what = format!("{}.{name}", manager.field());
            Some(NewerForm { what, position: entry.key_position, absent_in, known_in })
        })
    }
}

/// The part of an address that is newest.
fn newer_form(source: PackageSource<'_>) -> Option<NewerForm> {
    let Package::Address(address) = source.package else { return None };
    let (form, since) = newest_part(&address)?;
    let what = format!("{form} in {}", source.field);
    Some(NewerForm { what, position: source.position, absent_in: since.absent_in?, known_in: since.known_in })
}

fn newest_part(address: &Address<'_>) -> Option<(String, Since)> {
    let scheme = address.scheme.since().map(|since| (format!("the scheme `{}`", address.written), since));
    let archive = address.archive().map(|(extension, since)| (format!("a `{extension}` archive"), since));
    let archive = archive.filter(|_| scheme.is_some());
    [scheme, archive].into_iter().flatten().max_by_key(|(_, since)| since.known_in)
}
