//! The controls of the Pod Security Standards: the names that people and Kubernetes' code have for them.

/// A control of a Pod Security Standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are Kubernetes' own")]
pub enum Control {
    HostNamespaces,
    Privileged,
    CapabilitiesBaseline,
    CapabilitiesRestricted,
    HostPathVolumes,
    RestrictedVolumes,
    HostPorts,
    HostProbesAndHostLifecycle,
    AppArmorProfile,
    SeLinuxOptions,
    ProcMountBaseline,
    ProcMountRestricted,
    SeccompProfileBaseline,
    SeccompProfileRestricted,
    Sysctls,
    WindowsHostProcess,
    AllowPrivilegeEscalation,
    RunAsNonRoot,
    RunAsUser,
}

impl Control {
    /// The identifier of the check in Kubernetes' code (v1.35 `policy.CheckID`).
    pub const fn id(self) -> &'static str {
        match self {
            Self::HostNamespaces => "hostNamespaces",
            Self::Privileged => "privileged",
            Self::CapabilitiesBaseline => "capabilities_baseline",
            Self::CapabilitiesRestricted => "capabilities_restricted",
            Self::HostPathVolumes => "hostPathVolumes",
            Self::RestrictedVolumes => "restrictedVolumes",
            Self::HostPorts => "hostPorts",
            Self::HostProbesAndHostLifecycle => "hostProbesAndHostLifecycle",
            Self::AppArmorProfile => "appArmorProfile",
            Self::SeLinuxOptions => "seLinuxOptions",
            Self::ProcMountBaseline => "procMount",
            Self::ProcMountRestricted => "procMount_restricted",
            Self::SeccompProfileBaseline => "seccompProfile_baseline",
            Self::SeccompProfileRestricted => "seccompProfile_restricted",
            Self::Sysctls => "sysctls",
            Self::WindowsHostProcess => "windowsHostProcess",
            Self::AllowPrivilegeEscalation => "allowPrivilegeEscalation",
            Self::RunAsNonRoot => "runAsNonRoot",
            Self::RunAsUser => "runAsUser",
        }
    }

    /// The title under which Kubernetes' documentation describes it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::HostNamespaces => "Host Namespaces",
            Self::Privileged => "Privileged Containers",
            Self::CapabilitiesBaseline | Self::CapabilitiesRestricted => "Capabilities",
            Self::HostPathVolumes => "HostPath Volumes",
            Self::RestrictedVolumes => "Volume Types",
            Self::HostPorts => "Host Ports",
            Self::HostProbesAndHostLifecycle => "Host Probes / Lifecycle Hooks",
            Self::AppArmorProfile => "AppArmor",
            Self::SeLinuxOptions => "SELinux",
            Self::ProcMountBaseline | Self::ProcMountRestricted => "/proc Mount Type",
            Self::SeccompProfileBaseline | Self::SeccompProfileRestricted => "Seccomp",
            Self::Sysctls => "Sysctls",
            Self::WindowsHostProcess => "HostProcess",
            Self::AllowPrivilegeEscalation => "Privilege Escalation",
            Self::RunAsNonRoot => "Running as Non-root",
            Self::RunAsUser => "Running as Non-root user",
        }
    }
}
