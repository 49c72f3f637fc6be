//! Clients that are slow or silent, and connections beyond the cap.

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::client::{
    BOTH, Connection, HTTP1, HTTP2, metric, metric_becomes, promise_body, rest, review, silent,
};
use crate::program::{PATIENCE, Program};

#[tokio::test]
async fn a_slow_body_is_408_and_the_connection_closes() {
    let program = Program::start(&["--body-timeout", "100ms"]);
    let mut stream = silent(&program, HTTP1).await;
    promise_body(&mut stream, 1000).await;
    stream.write_all(b"{\"apiVersion\":").await.expect("a piece");
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
    assert!(answer.ends_with("the body did not arrive in time\n"), "{answer}");
    assert_eq!(metric(&program, "raygate_http_errors_total{status=\"408\"}").await, 1);
}

#[tokio::test]
async fn a_body_that_breaks_off_harms_nobody() {
    let program = Program::start(&[]);
    let mut stream = silent(&program, HTTP1).await;
    promise_body(&mut stream, 1000).await;
    stream.shutdown().await.expect("closed");
    drop(stream);
    let mut connection = Connection::open(&program, HTTP1).await;
    assert_eq!(connection.post("/validate", review("next").to_string()).await.status, 200);
}

#[tokio::test]
async fn a_client_that_stays_silent_is_closed() {
    let program = Program::start(&["--first-request-timeout", "100ms", "--handshake-timeout", "100ms"]);
    for protocols in [HTTP1, HTTP2, &[]] {
        // Whatever the server says first (HTTP/2 settings), it ends.
        rest(&mut silent(&program, protocols).await).await;
    }
    let mut dripping = silent(&program, HTTP1).await;
    dripping.write_all(b"POST /validate HTTP/1.1\r\nHost: loc").await.expect("a piece");
    assert_eq!(rest(&mut dripping).await, "");

    let tcp = TcpStream::connect(program.listen).await.expect("a connection");
    timeout(PATIENCE, tcp.readable()).await.expect("closed without a handshake").expect("readable");
    assert_eq!(tcp.try_read(&mut [0; 1]).ok(), Some(0));
}

#[tokio::test]
async fn an_idle_connection_is_closed_at_its_own_deadline_and_not_before() {
    let program = Program::start(&["--idle-timeout", "1s", "--first-request-timeout", "50ms"]);
    let mut connection = Connection::open(&program, HTTP1).await;
    assert_eq!(connection.post("/validate", review("first").to_string()).await.status, 200);
    // Past the deadline for a first request, which must not touch a connection that has had one.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(connection.post("/validate", review("second").to_string()).await.status, 200);
    let Connection::Http1(sender) = &connection else { unreachable!("HTTP/1.1 was asked for") };
    timeout(PATIENCE, async {
        while !sender.is_closed() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("closed");
}

#[tokio::test]
async fn beyond_the_cap_a_client_is_told_to_come_back_and_then_served() {
    let program = Program::start(&["--max-connections", "2"]);
    let mut seated = [Connection::open(&program, HTTP1).await, Connection::open(&program, HTTP2).await];
    for connection in &mut seated {
        assert_eq!(connection.post("/validate", review("seated").to_string()).await.status, 200);
    }
    assert_eq!(metric(&program, "raygate_open_connections").await, 2);

    let mut third = Connection::open(&program, BOTH).await;
    assert!(matches!(third, Connection::Http1(_)), "a connection beyond the cap is to end after one answer");
    let answer = third.post("/validate", review("third").to_string()).await;
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(answer.body.contains("--max-connections"), "{answer:?}");
    assert_eq!(metric(&program, "raygate_connections_turned_away_total").await, 1);
    for connection in &mut seated {
        assert_eq!(connection.post("/validate", review("seated").to_string()).await.status, 200);
    }

    drop(seated);
    metric_becomes(&program, "raygate_open_connections", 0).await;
    let mut fourth = Connection::open(&program, BOTH).await;
    assert_eq!(fourth.post("/validate", review("fourth").to_string()).await.status, 200);
}

#[tokio::test]
async fn handshakes_that_fail_give_their_seats_back() {
    let program = Program::start(&["--max-connections", "1", "--handshake-timeout", "100ms"]);
    for _ in 0..5 {
        let mut tcp = TcpStream::connect(program.listen).await.expect("a connection");
        tcp.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("plain HTTP on the TLS port");
    }
    metric_becomes(&program, "raygate_connections_failed_total", 5).await;
    let mut connection = Connection::open(&program, HTTP1).await;
    assert_eq!(connection.post("/validate", review("next").to_string()).await.status, 200);
}
