//! More than can be done: those beyond the bounds are told when to come back, memory stays bounded, and it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::{
    Connection, HTTP1, admin, becomes_ready, connect, metric, metric_becomes, post, promise_body, review,
    review_of_size, silent, trust,
};
use crate::program::{PATIENCE, Program};

const MIB: usize = 1024 * 1024;
/// What all bodies may hold together.
const BODIES: usize = 64 * MIB;

#[tokio::test(flavor = "multi_thread")]
async fn five_times_as_many_clients_as_seats_are_served_in_turn_within_bounded_memory() {
    const SEATS: usize = 16;
    let program = Program::start(&["--max-connections", &SEATS.to_string()]);
    let before = program.resident();
    let (served, turned_away) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let body = review_of_size("overload", 200 * 1024);
    let config = trust(&program, HTTP1);
    let mut clients = JoinSet::new();
    let program = Arc::new(program);
    for _ in 0..5 * SEATS {
        let (program, config, body) = (Arc::clone(&program), Arc::clone(&config), body.clone());
        let (served, turned_away) = (Arc::clone(&served), Arc::clone(&turned_away));
        clients.spawn(async move {
            // A review at a time, on a connection of its own, until three are answered.
            let mut answered = 0;
            while answered < 3 {
                // Beyond those that are told to come back, connections are closed.
                let Ok(stream) = connect(&program, Arc::clone(&config)).await else { continue };
                let mut connection = Connection::over(stream).await;
                let request = crate::client::request(hyper::Method::POST, "/validate");
                let request = request.body(body.clone().into()).expect("a request");
                let Ok(answer) = connection.send(request).await else { continue };
                if answer.status == 200 {
                    answered += 1;
                    served.fetch_add(1, Ordering::Relaxed);
                } else {
                    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{answer:?}");
                    turned_away.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
            }
        });
    }
    assert!(admin(&program, "/readyz").await.status == 200, "ready while everybody asks");
    while let Some(ended) = clients.join_next().await {
        ended.expect("no client is answered otherwise");
    }
    assert_eq!(served.load(Ordering::Relaxed), 15 * SEATS);
    assert!(turned_away.load(Ordering::Relaxed) > 0, "there was a crowd");
    let grown = program.resident().saturating_sub(before);
    assert!(grown < 96 * 1024, "{grown} KiB more than before");
    metric_becomes(&program, "raygate_open_connections", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_hold_so_much_memory_together_and_the_next_one_is_told_to_come_back() {
    let program = Program::start(&["--body-timeout", "1m"]);
    let before = program.resident();
    let mut stalled = Vec::new();
    // Nine clients send seven eighths of the largest review each, and then nothing.
    for _ in 0..BODIES / (7 * MIB) {
        let mut stream = silent(&program, HTTP1).await;
        promise_body(&mut stream, 8 * MIB).await;
        stream.write_all(&vec![b' '; 7 * MIB]).await.expect("taken");
        stream.flush().await.expect("taken");
        stalled.push(stream);
    }
    // Written is not yet arrived: until then there is room.
    let answer = timeout(PATIENCE, async {
        loop {
            let answer = post(&program, "/validate", review_of_size("late", 4 * MIB)).await;
            if answer.status != 200 {
                return answer;
            }
        }
    });
    let answer = answer.await.expect("in the end there is none");
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{answer:?}");
    assert!(answer.body.contains("too many large requests at once"), "{answer:?}");
    assert_eq!(metric(&program, "raygate_http_errors_total{status=\"503\"}").await, 1);
    let small = post(&program, "/validate", review("small").to_string()).await;
    assert_eq!(small.status, 200, "ordinary reviews find room: {small:?}");
    becomes_ready(&program).await;
    assert!(program.resident() < before + 128 * 1024, "{} KiB", program.resident());

    drop(stalled);
    metric_becomes(&program, "raygate_open_connections", 0).await;
    assert_eq!(post(&program, "/validate", review_of_size("again", 4 * MIB)).await.status, 200);
}
