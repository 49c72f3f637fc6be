//! From SIGTERM to the exit: nothing that was asked stays unanswered.

use std::time::Duration;

use rustix::process::Signal;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::client::{Connection, HTTP1, HTTP2, admin, promise_body, rest, review, silent};
use crate::program::{PATIENCE, Program};

async fn draining(program: &Program) {
    timeout(PATIENCE, async {
        while admin(program, "/readyz").await.status == 200 {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("not ready any more");
}

async fn listener_closed(program: &Program) {
    timeout(PATIENCE, async {
        while TcpStream::connect(program.listen).await.is_ok() {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("nobody listens any more");
}

#[tokio::test]
async fn a_drain_answers_everything_that_was_asked_and_exits_with_0() {
    let mut program =
        Program::start(&["--drain-delay", "2s", "--shutdown-timeout", "50s", "--body-timeout", "50s"]);
    let mut kept = Connection::open(&program, HTTP1).await;
    assert_eq!(kept.post("/validate", review("before").to_string()).await.header("connection"), None);
    let mut multiplexed = Connection::open(&program, HTTP2).await;
    assert_eq!(multiplexed.post("/validate", review("before").to_string()).await.status, 200);
    let body = review("in flight").to_string();
    let mut in_flight = silent(&program, HTTP1).await;
    promise_body(&mut in_flight, body.len()).await;
    in_flight.write_all(&body.as_bytes()[..100]).await.expect("a piece");

    program.signal(Signal::TERM);
    draining(&program).await;
    assert_eq!(admin(&program, "/readyz").await.body, "not ready: shutting down\n");
    assert_eq!(admin(&program, "/livez").await.status, 200);
    // Old connections and new ones are served, and told to go elsewhere.
    for connection in [&mut kept, &mut Connection::open(&program, HTTP1).await] {
        let answer = connection.post("/mutate", review("during").to_string()).await;
        assert_eq!((answer.status, answer.header("connection")), (200, Some("close")), "{answer:?}");
    }
    assert_eq!(multiplexed.post("/mutate", review("during").to_string()).await.status, 200);

    listener_closed(&program).await;
    in_flight.write_all(&body.as_bytes()[100..]).await.expect("the rest");
    let answer = rest(&mut in_flight).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("in flight"), "{answer}");
    assert_eq!(program.ended().code(), Some(0), "{}", program.stderr());
}

#[tokio::test]
async fn the_shutdown_timeout_cuts_off_who_never_finishes() {
    let mut program =
        Program::start(&["--drain-delay", "0s", "--shutdown-timeout", "200ms", "--body-timeout", "5m"]);
    let mut stuck = silent(&program, HTTP1).await;
    promise_body(&mut stuck, 1000).await;
    stuck.write_all(b"{").await.expect("a piece");
    // Its head is read, so it counts as in flight.
    let mut other = Connection::open(&program, HTTP1).await;
    assert_eq!(other.post("/validate", review("other").to_string()).await.status, 200);
    program.signal(Signal::INT);
    assert_eq!(program.ended().code(), Some(0));
    assert!(program.stderr().contains("--shutdown-timeout passed"), "{}", program.stderr());
}

#[tokio::test]
async fn a_second_signal_aborts() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let mut program = Program::start(&["--drain-delay", "5m"]);
        let ca = program.ca();
        assert!(ca.exists());
        program.signal(Signal::TERM);
        draining(&program).await;
        program.signal(signal);
        assert_eq!(program.ended().code(), Some(code), "{}", program.stderr());
        assert!(!ca.exists(), "the trial's folder is removed");
    }
}

#[tokio::test]
async fn a_stop_under_load_loses_no_request() {
    let mut program = Program::start(&["--drain-delay", "1s"]);
    let asking = |mut connection: Connection, uid: String| async move {
        for answered in 1_u32.. {
            let answer = connection.post("/validate", review(&uid).to_string()).await;
            assert_eq!((answer.status, &answer.json()["response"]["uid"]), (200, &uid.clone().into()));
            if answer.header("connection") == Some("close") {
                // Told to go elsewhere, it does.
                return answered;
            }
        }
        unreachable!("somebody said close")
    };
    let mut clients = vec![];
    for number in 0..4 {
        let connection = Connection::open(&program, HTTP1).await;
        clients.push(tokio::spawn(asking(connection, format!("client {number}"))));
    }
    let mut warm = Connection::open(&program, HTTP1).await;
    warm.post("/validate", review("warm").to_string()).await;
    program.signal(Signal::TERM);
    for client in clients {
        assert!(client.await.expect("no request was lost") > 0);
    }
    assert_eq!(program.ended().code(), Some(0));
}
