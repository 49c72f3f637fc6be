//! What a client is told, whatever it sends.

use http_body_util::Full;
use hyper::Method;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde_json::json;

use crate::client::{
    BOTH, Connection, HTTP1, HTTP2, admin, metric, post, request, review, review_of_size, silent,
};
use crate::program::Program;

#[tokio::test]
async fn every_protocol_is_answered_with_the_uid() {
    let program = Program::start(&[]);
    for protocols in [HTTP1, HTTP2, BOTH, &[]] {
        let mut connection = Connection::open(&program, protocols).await;
        for path in ["/mutate", "/validate", "/validate?timeout=10s"] {
            let uid = format!("{protocols:?} {path}");
            let answer = connection.post(path, review(&uid).to_string()).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            assert_eq!(answer.header("content-type"), Some("application/json"));
            assert_eq!(answer.json()["kind"], "AdmissionReview", "{answer:?}");
            assert_eq!(answer.json()["apiVersion"], "admission.k8s.io/v1", "{answer:?}");
            assert_eq!(answer.json()["response"]["uid"], uid, "{answer:?}");
        }
    }
}

#[tokio::test]
async fn http2_is_chosen_when_the_client_has_both() {
    let program = Program::start(&[]);
    for (offered, chosen) in [(BOTH, "h2"), (HTTP2, "h2"), (HTTP1, "http/1.1")] {
        let stream = silent(&program, offered).await;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(chosen.as_bytes()));
    }
}

#[tokio::test]
async fn parallel_requests_get_their_own_answers() {
    let program = Program::start(&[]);
    let mut connections = vec![];
    for number in 0..30 {
        connections.push(Connection::open(&program, if number % 2 == 0 { HTTP1 } else { HTTP2 }).await);
    }
    let clients: Vec<_> = connections
        .into_iter()
        .enumerate()
        .map(|(number, mut connection)| {
            tokio::spawn(async move {
                for round in 0..10 {
                    let uid = format!("client {number} round {round}");
                    let answer = connection.post("/mutate", review(&uid).to_string()).await;
                    assert_eq!(answer.json()["response"]["uid"], uid);
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("no client failed");
    }
}

#[tokio::test]
async fn an_unreadable_body_is_400_with_one_plain_line() {
    let program = Program::start(&[]);
    let whole = review("u").to_string().into_bytes();
    let mut not_utf8 = whole.clone();
    let quote = not_utf8.windows(5).position(|bytes| bytes == b"alice").expect("a user name");
    not_utf8[quote] = 0xff;
    let mut without_uid = review("u");
    without_uid["request"].as_object_mut().expect("an object").remove("uid");
    let mut beta = review("u");
    beta["apiVersion"] = json!("admission.k8s.io/v1beta1");
    let cases: [(&str, Vec<u8>); 8] = [
        ("empty", vec![]),
        ("no JSON", b"hello".to_vec()),
        ("no object", b"[]".to_vec()),
        ("truncated", whole[..whole.len() / 2].to_vec()),
        ("no UTF-8", not_utf8),
        ("no uid", without_uid.to_string().into_bytes()),
        (
            "no request",
            json!({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}).to_string().into_bytes(),
        ),
        ("v1beta1", beta.to_string().into_bytes()),
    ];
    let mut connection = Connection::open(&program, HTTP1).await;
    for (number, (name, body)) in (1..).zip(cases) {
        let answer = connection.post("/validate", body).await;
        assert_eq!(answer.status, 400, "{name}: {answer:?}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{name}");
        assert_eq!(answer.body.lines().count(), 1, "{name}: {answer:?}");
        assert!(answer.body.len() > 20, "{name}: {answer:?}");
        assert_eq!(metric(&program, "raygate_http_errors_total{status=\"400\"}").await, number, "{name}");
    }
}

#[tokio::test]
async fn a_deeply_nested_object_gets_a_clear_answer() {
    let program = Program::start(&[]);
    for depth in [200, 100_000] {
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body = review("u").to_string().replacen(
            "\"rayVersion\":\"2.56.0\"",
            &format!("\"rayVersion\":{nested}"),
            1,
        );
        assert!(body.contains(&nested));
        for path in ["/mutate", "/validate"] {
            let answer = post(&program, path, body.clone()).await;
            assert!(matches!(answer.status, 200 | 400), "{depth}: {answer:?}");
            assert!(!answer.body.is_empty());
        }
    }
    assert_eq!(post(&program, "/validate", review("next").to_string()).await.status, 200);
}

#[tokio::test]
async fn reviews_up_to_8_mib_are_answered_and_larger_ones_are_413() {
    const MIB: usize = 1024 * 1024;
    let program = Program::start(&["--body-timeout", "60s"]);
    for protocols in [HTTP1, HTTP2] {
        let mut connection = Connection::open(&program, protocols).await;
        let answer = connection.post("/validate", review_of_size("large", 79 * MIB / 10)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json()["response"]["uid"], "large");
        let answer = connection.post("/validate", review_of_size("larger", 9 * MIB)).await;
        assert_eq!((answer.status, answer.body.trim()), (413, "the body is larger than 8 MiB"));
    }
    assert_eq!(metric(&program, "raygate_http_errors_total{status=\"413\"}").await, 2);
}

#[tokio::test]
async fn wrong_paths_methods_and_types_are_told_what_is_right() {
    let program = Program::start(&[]);
    let ask = |method: Method, path: &str| {
        let body = if method == Method::GET { String::new() } else { review("u").to_string() };
        request(method, path).body(Full::new(Bytes::from(body))).expect("a request")
    };
    let with_type = |media_type: &'static str| {
        let mut request = ask(Method::POST, "/validate");
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        request
    };
    let cases = [
        (404, ask(Method::POST, "/"), "/validate"),
        (404, ask(Method::POST, "/validate/"), "/validate"),
        (404, ask(Method::GET, "/metrics"), "/validate"),
        (405, ask(Method::GET, "/validate"), "POST"),
        (405, ask(Method::PUT, "/mutate"), "POST"),
        (415, with_type("application/yaml"), "application/json"),
        (415, with_type(""), "application/json"),
        (415, with_type("application/jsonp"), "application/json"),
        (200, with_type("Application/JSON; charset=utf-8"), "uid"),
    ];
    for protocols in [HTTP1, HTTP2] {
        let mut connection = Connection::open(&program, protocols).await;
        for (status, request, hint) in cases.clone() {
            let asked = format!("{} {}", request.method(), request.uri());
            let answer = connection.send(request).await.expect("an answer");
            assert_eq!(answer.status, status, "{asked}: {answer:?}");
            assert!(answer.body.contains(hint), "{asked}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn probes_and_metrics_are_on_the_admin_port() {
    let program =
        Program::start(&["--controller-users", "a,b", "--kuberay-feature-gates", "RayCronJob=true"]);
    assert_eq!(admin(&program, "/livez").await.status, 200);
    assert_eq!(admin(&program, "/readyz").await.body, "ok\n");
    assert_eq!(admin(&program, "/validate").await.status, 404);
    post(&program, "/mutate", review("u").to_string()).await;
    let answer = admin(&program, "/metrics").await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/openmetrics-text; version=1.0.0; charset=utf-8")
    );
    assert!(answer.body.ends_with("# EOF\n"), "{}", answer.body);
    assert_eq!(metric(&program, "raygate_request_duration_seconds_count{endpoint=\"mutate\"}").await, 1);
    assert!(metric(&program, "raygate_certificate_not_after_seconds").await > 1_700_000_000);
}
