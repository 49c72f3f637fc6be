//! An API server that knows one CRD: what is asked about it comes in over plain HTTP, and what the test wants goes out.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};

/// What the API server does.
#[derive(Clone)]
pub(crate) enum State {
    /// It has this CRD.
    Crd(Value),
    /// It tells this account nothing.
    Forbidden,
    /// It closes every connection.
    Away,
}

/// A state, and how many there were before it.
#[derive(Default)]
struct Shared {
    state: Mutex<(u64, Option<State>)>,
    changed: Condvar,
}

pub(crate) struct ApiServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl ApiServer {
    /// Starts on a free port; its threads end with the test program.
    pub(crate) fn start(state: State) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let server = Self { address: listener.local_addr().expect("an address"), shared: Arc::default() };
        server.turn(state);
        let shared = Arc::clone(&server.shared);
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                // A client that goes away is no error of the test.
                thread::spawn(move || drop(answer(connection, &shared)));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it does this; watches that are open end.
    pub(crate) fn turn(&self, state: State) {
        let mut current = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        *current = (current.0 + 1, Some(state));
        self.shared.changed.notify_all();
    }
}

fn answer(mut connection: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(connection.try_clone()?);
    while reader.read_line(&mut head)? > 2 {}
    let is_watch = head.lines().next().is_some_and(|line| line.contains("watch=true"));
    let (number, state) = shared.state.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match state {
        None | Some(State::Away) => Ok(()),
        Some(State::Forbidden) => {
            let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": "Forbidden", "message": "no", "code": 403});
            send(&mut connection, "403 Forbidden", &status)
        }
        Some(State::Crd(crd)) if is_watch => {
            send(&mut connection, "200 OK", &json!({"type": "MODIFIED", "object": crd}))?;
            let current = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
            drop(shared.changed.wait_while(current, |current| current.0 == number));
            Ok(())
        }
        Some(State::Crd(crd)) => {
            let list = json!({"kind": "CustomResourceDefinitionList", "apiVersion": "apiextensions.k8s.io/v1", "metadata": {"resourceVersion": "1"}, "items": [crd]});
            send(&mut connection, "200 OK", &list)
        }
    }
}

/// Without a length: the body ends with the connection.
fn send(connection: &mut TcpStream, status: &str, body: &Value) -> std::io::Result<()> {
    write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{body}\n"
    )?;
    connection.flush()
}
