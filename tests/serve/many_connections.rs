//! Thousands of idle connections: others are still served, and the memory returns.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::client::{Connection, HTTP1, Stream, connect, metric, metric_becomes, post, review, trust};
use crate::program::{Program, eventually};

const IDLE: usize = 2000;

/// Both ends of a connection live on this machine, but each process counts only its own.
fn allow_open_files(wanted: u64) {
    let limit = getrlimit(Resource::Nofile);
    let raised = limit.maximum.unwrap_or(u64::MAX).min(wanted.max(limit.current.unwrap_or(u64::MAX)));
    assert!(raised >= wanted, "this test opens {wanted} files: raise the limit with `ulimit -Hn {wanted}`");
    setrlimit(Resource::Nofile, Rlimit { current: Some(raised), ..limit }).expect("up to the maximum");
}

/// Opens the connections: every other one has had a request, the others never said a word.
async fn storm(program: &Program) -> (Vec<Connection>, Vec<Stream>) {
    let config = trust(program, HTTP1);
    let (mut spoken, mut silent) = (vec![], vec![]);
    for number in 0..IDLE {
        let stream = connect(program, config.clone()).await.expect("a connection");
        if number % 2 == 0 {
            let mut connection = Connection::over(stream).await;
            assert_eq!(connection.post("/validate", review("idle").to_string()).await.status, 200);
            spoken.push(connection);
        } else {
            silent.push(stream);
        }
    }
    (spoken, silent)
}

#[tokio::test]
async fn two_thousand_idle_connections_keep_nobody_from_being_served_and_give_their_memory_back() {
    allow_open_files(IDLE as u64 + 500);
    let program = Program::start(&["--first-request-timeout", "5m", "--idle-timeout", "10m"]);
    let before = program.resident();
    for _ in 0..2 {
        let (mut spoken, silent) = storm(&program).await;
        assert_eq!(metric(&program, "raygate_open_connections").await, IDLE as u64);
        assert_eq!(post(&program, "/validate", review("other").to_string()).await.status, 200);
        let again =
            spoken.first_mut().expect("the first").post("/validate", review("again").to_string()).await;
        assert_eq!(again.status, 200);
        drop((spoken, silent));
        metric_becomes(&program, "raygate_open_connections", 0).await;
    }
    // The allocator gives back what nobody has used for a while.
    let bound = before + 16 * 1024;
    eventually("the memory returns", || (program.resident() < bound).then_some(()));
}
