//! The API server spoken to directly: thousands of requests over one connection, where each kubectl would cost 50 ms.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to the API server, as somebody.
#[derive(Debug)]
pub struct Api {
    stream: BufReader<StreamOwned<ClientConnection, TcpStream>>,
    token: String,
}

impl Api {
    /// Connects to the API server on that port of 127.0.0.1, whose certificate is signed by one in the file.
    pub(crate) fn connect(port: u16, authority: &Path, token: &str) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(&fs::read(authority)?) {
            roots.add(certificate?)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let address = Ipv4Addr::LOCALHOST;
        let tls = ClientConnection::new(Arc::new(config), ServerName::from(IpAddr::V4(address)))?;
        let tcp = TcpStream::connect((address, port))?;
        tcp.set_read_timeout(Some(PATIENCE))?;
        tcp.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(StreamOwned::new(tls, tcp)), token: token.to_owned() })
    }

    /// Status and body of the answer to a POST of this object.
    ///
    /// # Errors
    ///
    /// When the connection breaks or the answer is no JSON.
    pub fn post(&mut self, path: &str, object: &Value) -> Result<(u16, Value)> {
        let body = object.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.token,
            body.len()
        );
        // One write: two small ones would wait for each other's acknowledgement.
        self.stream.get_mut().write_all((head + &body).as_bytes())?;
        let line = self.line()?;
        let status = line.split(' ').nth(1).context("an answer begins with its status")?.parse()?;
        let body = self.body()?;
        let answer = serde_json::from_slice(&body)
            .with_context(|| format!("{status}: {}", String::from_utf8_lossy(&body)))?;
        Ok((status, answer))
    }

    fn body(&mut self) -> Result<Vec<u8>> {
        let (mut length, mut is_chunked) = (None, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':').map(|(name, value)| (name, value.trim())) {
                Some(("content-length", value)) => length = Some(value.parse::<usize>()?),
                Some(("transfer-encoding", value)) => is_chunked = value == "chunked",
                Some(_) => {}
                None if line.is_empty() => break,
                None => bail!("no header: {line}"),
            }
        }
        if let Some(length) = length {
            return self.take(length);
        }
        ensure!(is_chunked, "an answer says where it ends");
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line()?, 16)?;
            body.extend(self.take(length)?);
            self.line()?;
            if length == 0 {
                return Ok(body);
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the API server closed the connection");
        Ok(line.trim_end().to_owned())
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
