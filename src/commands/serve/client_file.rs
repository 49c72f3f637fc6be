//! The authority of `serve --client-ca`: read at the start, then followed; a new one goes to the TLS handshakes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use super::followed_files::{Change, Content, FollowedFiles};
use crate::server::clients::ClientAuthority;
use crate::server::tls::Certificates;

/// The file of the authority.
pub(super) struct ClientFile {
    path: PathBuf,
    file: FollowedFiles<1>,
}

impl ClientFile {
    /// Reads the file of the flag; none when it is not given.
    ///
    /// # Errors
    ///
    /// When it holds no certificates.
    pub(super) fn read(path: Option<PathBuf>) -> anyhow::Result<Option<(Self, ClientAuthority)>> {
        let Some(path) = path else { return Ok(None) };
        let (file, authority) = FollowedFiles::read([path.clone()], |content| judge(&path, content))
            .context("cannot serve with --client-ca")?;
        Ok(Some((Self { path, file }, authority)))
    }

    /// Keeps what is asked for up with the file, for ever.
    pub(super) async fn follow(self, certificates: Arc<Certificates>) {
        let Self { path, file } = self;
        let judge = move |content: &Content<1>| judge(&path, content);
        file.follow(judge, |change| take(change, &certificates)).await;
    }
}

fn judge(path: &Path, [pem]: &Content<1>) -> anyhow::Result<ClientAuthority> {
    Ok(ClientAuthority::from_pem(path, pem)?)
}

fn take(change: Change<ClientAuthority>, certificates: &Certificates) {
    let refused = match change {
        Change::New(authority) => {
            certificates.replace_clients(authority).err().map(|error| error.to_string())
        }
        Change::Refused(reason) => Some(reason),
        Change::Restored => None,
    };
    if let Some(problem) = refused {
        tracing::error!(problem, "the new --client-ca cannot be used: the old one is still asked for");
    } else {
        tracing::info!("clients are asked for certificates of what is now in --client-ca");
    }
}
