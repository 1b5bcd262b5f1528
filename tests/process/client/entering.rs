//! Ways to get in, and out again.

use super::*;
use std::{
    io::{Read, Write},
    net::TcpListener,
    process::Stdio,
};
use totp_rs::{Builder, Secret};

#[tokio::test]
async fn a_password_comes_from_the_environment_or_the_input() {
    let (server, _data) = server();
    register_anna(server.addr).await;
    let anna = Person::at(server.addr);
    let url = anna.url.as_str();
    let with = |password: &str| {
        let mut command = anna.command(&["login", url, "--username", "anna"]);
        command.env("STINT_PASSWORD", password);
        command
    };
    let wrong = complaint(1, run(&mut with("wrong horse")));
    assert!(wrong.contains("password is wrong"), "{wrong}");
    anna.fails(3, &["status"]);
    let signed_in = format!("Signed in to {url} as anna.\n");
    assert_eq!(told(0, run(&mut with(PASSWORD))), signed_in);
    anna.fails(4, &["status"]);
    let first = text(&anna.kept(), "access_token");

    let mut command = anna.command(&["login", "--username", "anna", "--password-stdin"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(format!("{PASSWORD}\r\nmore\n").as_bytes())
        .unwrap();
    drop(input);
    assert_eq!(told(0, child.wait_with_output().unwrap()), signed_in);
    // The device from before is not kept beside the new one.
    let old = http::call(server.addr, "GET", "/me", &first, &json!({})).await;
    assert_eq!(old.0, 401);
    anna.fails(4, &["status"]);

    let token = text(&anna.kept(), "access_token");
    assert_eq!(anna.says(&["logout"]), format!("Signed out of {url}.\n"));
    assert_eq!(
        http::call(server.addr, "GET", "/me", &token, &json!({}))
            .await
            .0,
        401
    );
    anna.fails(3, &["status"]);
    anna.fails(3, &["logout"]);
    let nobody = anna.fails(2, &["login", url]);
    assert!(nobody.contains("--username"), "{nobody}");
    anna.fails(2, &["login", url, "--username", "anna"]);
    anna.fails(2, &["login"]);
    anna.fails(2, &["login", "time.example.com"]);
    anna.fails(2, &["login", url, "--guest", "--token", "x"]);
}

#[tokio::test]
async fn the_second_factor_is_needed_for_password_and_link() {
    let (server, _data) = server();
    let (token, codes) = register_anna(server.addr).await;
    let post = async |path: &str, body: Value| {
        let answer = http::call(server.addr, "POST", path, &token, &body).await;
        assert!(answer.0 < 300, "{path}: {}", answer.1);
        answer.1
    };
    let offer = post("/me/second-factor", json!({"password": PASSWORD})).await;
    let secret = Secret::try_from_base32(text(&offer, "secret")).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let now = stint::server::clock::Clock::system().now().timestamp();
    let code = app.generate(now.try_into().unwrap()).to_string();
    post("/me/second-factor/confirm", json!({ "code": code })).await;

    let anna = Person::at(server.addr);
    let login = |more: &[&str]| {
        let arguments = [&["login", anna.url.as_str(), "--username", "anna"], more].concat();
        run(anna.command(&arguments).env("STINT_PASSWORD", PASSWORD))
    };
    let asked = complaint(1, login(&[]));
    assert!(asked.contains("--code"), "{asked}");
    complaint(1, login(&["--code", "000000"]));
    told(0, login(&["--code", &codes[0]]));

    let link_code = text(&post("/link-codes", json!({})).await, "code");
    let other = Person::at(server.addr);
    let link = ["login", &other.url, "--link-code", &link_code];
    let asked = other.fails(1, &link);
    assert!(asked.contains("--code"), "{asked}");
    other.says(&[&link[..], &["--code", &codes[1]]].concat());
    anna.says(&["start", "Report"]);
    assert_eq!(other.json(&["status"])["name"], "Report");
    other.fails(1, &["login", "--link-code", &link_code]);
}

#[tokio::test]
async fn a_guest_is_never_left_by_accident() {
    let (server, _data) = server();
    register_anna(server.addr).await;
    let guest = Person::guest(server.addr);
    guest.says(&["start", "Report"]);
    let url = guest.url.as_str();
    assert!(guest.fails(1, &["logout"]).contains("--force"));
    guest.fails(1, &["login", "--guest"]);
    guest.fails(1, &["login", "--token", "stint_pat_x"]);
    let login = |more: &[&str]| {
        let arguments = [&["login", url, "--username", "anna"], more].concat();
        run(guest.command(&arguments).env("STINT_PASSWORD", PASSWORD))
    };
    assert!(complaint(1, login(&[])).contains("--bring"));
    assert_eq!(guest.json(&["status"])["name"], "Report");
    told(0, login(&["--bring"]));
    assert_eq!(guest.json(&["status"])["name"], "Report");
    guest.says(&["logout"]);

    let other = Person::guest(server.addr);
    other.says(&["start", "Report"]);
    let token = text(&other.kept(), "access_token");
    other.says(&["logout", "--force"]);
    other.fails(3, &["status"]);
    let ended = http::call(server.addr, "GET", "/me", &token, &json!({})).await;
    assert_eq!(ended.0, 401);
    // Who has nothing to lose is let go.
    Person::guest(server.addr).says(&["logout"]);
}

/// The times that a guest types are those of the clock on the wall.
#[test]
fn a_guest_begins_in_the_zone_of_the_terminal() {
    let (server, _data) = server();
    for (system, zone) in [
        ("Europe/Berlin", json!("Europe/Berlin")),
        // Rules without a name.
        ("CET-1", Value::Null),
    ] {
        let guest = Person::at(server.addr);
        let mut login = guest.command(&["login", &guest.url, "--guest", "--json"]);
        let me: Value = serde_json::from_str(&told(0, run(login.env("TZ", system)))).unwrap();
        assert_eq!(me["time_zone"], zone);
    }
}

#[tokio::test]
async fn a_personal_token_is_remembered_or_only_used() {
    let (server, _data) = server();
    let (access, _) = register_anna(server.addr).await;
    let new = json!({"name": "terminal", "scope": "read"});
    let made = http::call(server.addr, "POST", "/tokens", &access, &new)
        .await
        .1;
    let token = text(&made, "token");
    let anna = Person::at(server.addr);
    let url = anna.url.as_str();

    let mut once = anna.command(&["status", "--server", url]);
    complaint(4, run(once.env("STINT_TOKEN", &token)));
    assert!(!anna.file().exists());
    let unknown = anna.fails(3, &["status", "--server", url, "--token", "stint_pat_x"]);
    assert!(unknown.contains("the token given"), "{unknown}");
    let with = |token: String| {
        run(anna
            .command(&["status", "--server", url])
            .env("STINT_TOKEN", token))
    };
    // As a file with lines of another system holds it.
    complaint(4, with(format!("{token}\r\n")));
    let torn = complaint(2, with(format!("stint_\n{token}")));
    assert!(!torn.contains(&token), "{torn}");
    anna.fails(3, &["login", url, "--token", "stint_pat_x"]);
    assert!(!anna.file().exists());

    anna.says(&["login", url, "--token", &token]);
    anna.fails(4, &["status"]);
    let refused = anna.fails(1, &["start"]);
    assert!(refused.contains("read"), "{refused}");
    let id = text(&made, "id");
    let gone = http::call(
        server.addr,
        "DELETE",
        &format!("/tokens/{id}"),
        &access,
        &json!({}),
    )
    .await;
    assert_eq!(gone.0, 204);
    anna.fails(3, &["status"]);
    anna.says(&["logout"]);
}

#[test]
fn a_server_that_is_gone_or_none_of_stint_cannot_be_reached() {
    let (server, _data) = server();
    let guest = Person::guest(server.addr);
    let kept = guest.kept();
    drop(server);
    for command in ["status", "start", "stop", "list", "undo", "logout"] {
        let told = guest.fails(5, &[command]);
        assert!(told.contains(&guest.url), "{told}");
    }
    assert_eq!(guest.kept(), kept);
    guest.fails(5, &["login", "--bring", "--link-code", "DFHJ-KMPQ-RTVW"]);

    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", other.local_addr().unwrap());
    let answers = std::thread::spawn(move || {
        for answer in [
            "200 OK",
            "404 Not Found",
            "302 Found\r\nlocation: /elsewhere",
        ] {
            let mut stream = other.accept().unwrap().0;
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let answer = format!(
                "HTTP/1.1 {answer}\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>"
            );
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    for _ in 0..3 {
        let told = guest.fails(5, &["login", &url, "--guest"]);
        assert!(told.contains("Stint"), "{told}");
    }
    answers.join().unwrap();
    assert_eq!(guest.kept(), kept);
}
