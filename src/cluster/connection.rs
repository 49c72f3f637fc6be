//! Which cluster there is to ask: that of a kubeconfig, or the one around this process. A client for it goes to the watches.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kube::config::{InClusterError, KubeConfigOptions, Kubeconfig, KubeconfigError};
use kube::{Client, Config};

/// The API server ends a watch after 290 seconds at the latest; one that is silent for longer is dead.
const SILENCE: Duration = Duration::from_secs(295);

/// A Kubernetes cluster that can be asked.
#[derive(Clone)]
pub struct Cluster {
    pub(super) client: Client,
}

/// Why there is nobody to ask.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The kubeconfig cannot be read, or names no cluster.
    #[error("cannot use --kubeconfig {}", .path.display())]
    Kubeconfig {
        /// The file as given.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<KubeconfigError>,
    },
    /// The process runs in a pod whose mounted files cannot be used.
    #[error("cannot use the service account that is mounted into this pod")]
    ServiceAccount(#[source] InClusterError),
    /// A certificate or an address cannot be used.
    #[error("cannot make a client for the Kubernetes API server")]
    Client(#[source] Box<kube::Error>),
}

impl Cluster {
    /// The cluster of the file's current context. Nothing is asked yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or names no cluster that can be asked.
    pub async fn of_kubeconfig(path: &Path) -> Result<Self, ConnectError> {
        let unusable = |source| ConnectError::Kubeconfig { path: path.to_owned(), source: Box::new(source) };
        let kubeconfig = Kubeconfig::read_from(path).map_err(unusable)?;
        let options = KubeConfigOptions::default();
        let config = Config::from_custom_kubeconfig(kubeconfig, &options).await.map_err(unusable)?;
        Self::connect(config)
    }

    /// The cluster that kubectl would talk to, and the namespace that it would look at: of this kubeconfig or those that
    /// `KUBECONFIG` names or `~/.kube/config`, of this context or the current one; in a pod without any, its own.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or names no cluster that can be asked.
    pub async fn of_kubectl(
        path: Option<&Path>,
        context: Option<&str>,
    ) -> Result<(Self, String), ConnectError> {
        let options =
            KubeConfigOptions { context: context.map(ToOwned::to_owned), ..KubeConfigOptions::default() };
        let given = path.map_or_else(|| PathBuf::from("~/.kube/config"), Path::to_owned);
        let unusable = |source| ConnectError::Kubeconfig { path: given.clone(), source: Box::new(source) };
        let kubeconfig = path.map_or_else(Kubeconfig::read, Kubeconfig::read_from);
        let config = match (kubeconfig, Config::incluster()) {
            (Ok(kubeconfig), _) => {
                Config::from_custom_kubeconfig(kubeconfig, &options).await.map_err(unusable)?
            }
            (Err(_), Ok(config)) if path.is_none() && context.is_none() => config,
            (Err(error), _) => return Err(unusable(error)),
        };
        let namespace = config.default_namespace.clone();
        Self::connect(config).map(|cluster| (cluster, namespace))
    }

    /// The cluster in one of whose pods this process runs; none when that pod has no token, or there is no pod.
    ///
    /// # Errors
    ///
    /// When the token's files are there, but cannot be used.
    pub fn around_here() -> Result<Option<Self>, ConnectError> {
        match Config::incluster() {
            Ok(config) => Self::connect(config).map(Some),
            Err(InClusterError::ReadEnvironmentVariable(_)) => Ok(None),
            Err(
                InClusterError::ReadDefaultNamespace(error) | InClusterError::ReadCertificateBundle(error),
            ) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ConnectError::ServiceAccount(error)),
        }
    }

    fn connect(mut config: Config) -> Result<Self, ConnectError> {
        config.read_timeout = Some(SILENCE);
        let client = Client::try_from(config).map_err(|error| ConnectError::Client(Box::new(error)))?;
        Ok(Self { client })
    }
}
