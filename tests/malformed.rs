//! Events that are not what they should be. One process of the function gets all of them in one run.

mod support;

use serde_json::Value;
use support::function::Function;
use support::runtime_api::Answer;

const SYNTAX: &str = "payload: expected valid JSON in UTF-8, found a syntax error";

/// What is no review request, and the error that says why.
#[expect(clippy::too_many_lines, reason = "a table")]
fn refused() -> Vec<(Vec<u8>, &'static str)> {
    let deep = |open: &str, close: &str, times| format!("{}{}", open.repeat(times), close.repeat(times));
    let mut cases: Vec<(Vec<u8>, &str)> = vec![
        // No JSON at all, or not all of it.
        (b"".into(), SYNTAX),
        (b" \n\t\r ".into(), SYNTAX),
        (b"{".into(), SYNTAX),
        (b"}".into(), SYNTAX),
        (b"hello".into(), SYNTAX),
        (b"{\"Content\"".into(), SYNTAX),
        (b"{\"Content\":".into(), SYNTAX),
        (b"{\"Content\":\"hi".into(), SYNTAX),
        (b"{\"Content\":\"hi\"".into(), SYNTAX),
        (b"{\"Content\":\"hi\",".into(), SYNTAX),
        (b"{\"Content\":\"hi\",}".into(), SYNTAX),
        (b"{'Content':'hi'}".into(), SYNTAX),
        (b"{Content:\"hi\"}".into(), SYNTAX),
        (b"{\"Content\" \"hi\"}".into(), SYNTAX),
        (b"{\"Content\":\"hi\" \"Sender\":{}}".into(), SYNTAX),
        (b"{\"Content\":hi}".into(), SYNTAX),
        (b"{5:\"hi\"}".into(), SYNTAX),
        (b"/* a comment */ {\"Content\":\"hi\"}".into(), SYNTAX),
        (b"Content=hi".into(), SYNTAX),
        (b"<Content>hi</Content>".into(), SYNTAX),
        (b"\xef\xbb\xbf{\"Content\":\"hi\"}".into(), SYNTAX),
        (b"\xff\xfe{\0\"\0C\0".into(), SYNTAX),
        (b"\x1f\x8b\x08\0\0\0\0\0".into(), SYNTAX),
        (b"{\"Content\":NaN}".into(), SYNTAX),
        (b"{\"Content\":+1}".into(), SYNTAX),
        (b"{\"Content\":01}".into(), SYNTAX),
        (b"{\"Content\":1.}".into(), SYNTAX),
        (b"{\"Content\":0x10}".into(), SYNTAX),
        (b"{\"Content\":tru}".into(), SYNTAX),
        // Strings that are none: controls, escapes, bytes that are no UTF-8.
        (b"{\"Content\":\"a\0b\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\x01b\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\nb\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\x1fb\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\\xb\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\\u12\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\\uZZZZ\"}".into(), SYNTAX),
        (b"{\"Content\":\"a\\ud83d\\u12\"}".into(), SYNTAX),
        (b"{\"Content\":\"hi\\".into(), SYNTAX),
        (b"{\"Content\":\"hi\\\"}".into(), SYNTAX),
        (b"{\"Content\":\"\xff\"}".into(), SYNTAX),
        (b"{\"Content\":\"\xc3\"}".into(), SYNTAX),
        (b"{\"Content\":\"\xc0\x80\"}".into(), SYNTAX),
        (b"{\"Content\":\"\xed\xa0\x80\"}".into(), SYNTAX),
        (b"{\"Content\":\"\xf4\x90\x80\x80\"}".into(), SYNTAX),
        (b"{\"\xff\":1,\"Content\":\"hi\"}".into(), SYNTAX),
        (b"{\"Content\":\"hi\",\"Later\":\"\xff\"}".into(), SYNTAX),
        // JSON of another kind.
        (b"null".into(), "payload: expected an object, found null"),
        (b"nonsense".into(), SYNTAX),
        (b"truth".into(), SYNTAX),
        (b"true".into(), "payload: expected an object, found a boolean"),
        (b"0".into(), "payload: expected an object, found a number"),
        (b"-1e999".into(), "payload: expected an object, found a number"),
        (b"\"hi\"".into(), "payload: expected an object, found a string"),
        (b"[]".into(), "payload: expected an object, found an array"),
        (b"[{\"Content\":\"hi\"}]".into(), "payload: expected an object, found an array"),
        // Content.
        (b"{}".into(), "Content: expected a string, found nothing"),
        (b"{\"\":\"hi\"}".into(), "Content: expected a string, found nothing"),
        (b"{\"content\":\"hi\"}".into(), "Content: expected a string, found nothing"),
        (b"{\"Content \":\"hi\"}".into(), "Content: expected a string, found nothing"),
        (b"{\"Sender\":{\"Content\":\"hi\"}}".into(), "Content: expected a string, found nothing"),
        (b"{\"Content\":null}".into(), "Content: expected a string, found null"),
        (b"{\"Content\":true}".into(), "Content: expected a string, found a boolean"),
        (b"{\"Content\":5}".into(), "Content: expected a string, found a number"),
        (b"{\"Content\":[\"hi\"]}".into(), "Content: expected a string, found an array"),
        (b"{\"Content\":{\"hi\":1}}".into(), "Content: expected a string, found an object"),
        (b"{\"Content\":\"\"}".into(), "Content: expected at least 1 code point, found an empty string"),
        (
            b"{\"Content\":\"hi\",\"Content\":\"\"}".into(),
            "Content: expected at least 1 code point, found an empty string",
        ),
        (b"{\"Content\":\"hi\",\"Content\":null}".into(), "Content: expected a string, found null"),
        (b"{\"Content\":\"hi\",\"C\\u006fntent\":7}".into(), "Content: expected a string, found a number"),
        // The rest of it.
        (b"{\"Content\":\"hi\",\"MessageId\":5}".into(), "MessageId: expected a string, found a number"),
        (b"{\"Content\":\"hi\",\"MessageId\":[]}".into(), "MessageId: expected a string, found an array"),
        (b"{\"Content\":\"hi\",\"RoomArn\":{}}".into(), "RoomArn: expected a string, found an object"),
        (b"{\"Content\":\"hi\",\"RoomArn\":false}".into(), "RoomArn: expected a string, found a boolean"),
        (b"{\"Content\":\"hi\",\"Attributes\":\"\"}".into(), "Attributes: expected an object, found a string"),
        (b"{\"Content\":\"hi\",\"Attributes\":[\"a\"]}".into(), "Attributes: expected an object, found an array"),
        (b"{\"Content\":\"hi\",\"Attributes\":0}".into(), "Attributes: expected an object, found a number"),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"a\":1}}".into(),
            "Attributes: expected only strings as values, found a number",
        ),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"a\":null}}".into(),
            "Attributes: expected only strings as values, found null",
        ),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"a\":{}}}".into(),
            "Attributes: expected only strings as values, found an object",
        ),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"a\":\"b\",\"a\":[]}}".into(),
            "Attributes: expected only strings as values, found an array",
        ),
        (b"{\"Content\":\"hi\",\"Sender\":\"me\"}".into(), "Sender: expected an object, found a string"),
        (b"{\"Content\":\"hi\",\"Sender\":[]}".into(), "Sender: expected an object, found an array"),
        (b"{\"Content\":\"hi\",\"Sender\":{\"UserId\":5}}".into(), "Sender.UserId: expected a string, found a number"),
        (
            b"{\"Content\":\"hi\",\"Sender\":{\"Ip\":[127,0,0,1]}}".into(),
            "Sender.Ip: expected a string, found an array",
        ),
        (
            b"{\"Content\":\"hi\",\"Sender\":{\"Attributes\":\"role\"}}".into(),
            "Sender.Attributes: expected an object, found a string",
        ),
        (
            b"{\"Content\":\"hi\",\"Sender\":{\"Attributes\":{\"role\":true}}}".into(),
            "Sender.Attributes: expected only strings as values, found a boolean",
        ),
    ];
    // Deep and large.
    cases.push((deep("[", "]", 100_000).into_bytes(), "payload: expected an object, found an array"));
    cases.push(("[".repeat(1_000_000).into_bytes(), SYNTAX));
    cases.push(("{\"a\":".repeat(100_000).into_bytes(), SYNTAX));
    cases.push((
        format!("{{\"Content\":{}}}", deep("[", "]", 100_000)).into_bytes(),
        "Content: expected a string, found an array",
    ));
    cases.push((
        format!("{{\"Content\":{}}}", "9".repeat(100_000)).into_bytes(),
        "Content: expected a string, found a number",
    ));
    cases.push((format!("{{\"Content\":\"{}", "x".repeat(1_000_000)).into_bytes(), SYNTAX));
    cases
}

/// What is odd and still a message, and its answer.
fn answered() -> Vec<(Vec<u8>, String)> {
    let allow = |rest: &str| format!(r#"{{"ReviewResult":"ALLOW",{rest}}}"#);
    let hi = || allow(r#""Content":"hi""#);
    let deny = |content: &str| {
        let reason = r#"{"Reason":"Your message was not sent. Please try again."}"#;
        format!(r#"{{"ReviewResult":"DENY","Content":"{content}","Attributes":{reason}}}"#)
    };
    let nested = format!("{{\"Content\":\"hi\",\"Later\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let attributes = format!("{{\"Content\":\"hi\",\"Attributes\":{{\"k\":\"{}\"}}}}", "v".repeat(1_000_000));
    let many = format!("{{\"Content\":\"hi\",\"Attributes\":{{{}\"a\":\"\"}}}}", "\"a\":\"\",".repeat(100_000));
    let members = format!("{{{}\"Content\":\"hi\"}}", "\"a\":0,".repeat(1000));
    vec![
        (b"\n {\"Content\" : \"hi\" }\r\n".into(), hi()),
        (b"{\"Content\":\"no\",\"Content\":\"hi\"}".into(), hi()),
        (b"{\"Content\":null,\"Content\":\"hi\"}".into(), hi()),
        (b"{\"C\\u006fntent\":\"hi\"}".into(), hi()),
        (b"{\"Content\":\"hi\",\"MessageId\":null,\"RoomArn\":null,\"Attributes\":null,\"Sender\":null}".into(), hi()),
        (b"{\"Content\":\"hi\",\"Sender\":{\"UserId\":null,\"Ip\":null,\"Attributes\":null}}".into(), hi()),
        (b"{\"Content\":\"hi\",\"Later\":[1e999,null,{\"Content\":5}]}".into(), hi()),
        (nested.into_bytes(), hi()),
        (members.into_bytes(), hi()),
        // The runtime reads one value of JSON, and nobody what follows it.
        (b"{\"Content\":\"hi\"}}".into(), hi()),
        (b"{\"Content\":\"hi\"}{\"Content\":\"ho\"}".into(), hi()),
        (b"{\"Content\":\"hi\"} \0".into(), hi()),
        (b"{\"Content\":\"hi\"} // a comment".into(), hi()),
        (b"{\"Content\":\"a\\ud800b\"}".into(), allow("\"Content\":\"a\u{fffd}b\"")),
        (b"{\"Content\":\"a\\udc00\\ud800\"}".into(), allow("\"Content\":\"a\u{fffd}\u{fffd}\"")),
        (b"{\"Content\":\"f\\ud800uck\"}".into(), allow("\"Content\":\"*****\"")),
        (b"{\"Content\":\"\\u0000\\u001f\\u007f\"}".into(), allow("\"Content\":\"\\u0000\\u001f\u{7f}\"")),
        (b"{\"Content\":\"\\ufeff\\uffff\"}".into(), allow("\"Content\":\"\u{feff}\u{ffff}\"")),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"a\":\"1\",\"a\":\"2\",\"\":\"\"}}".into(),
            allow(r#""Content":"hi","Attributes":{"a":"1","a":"2","":""}"#),
        ),
        (
            b"{\"Content\":\"hi\",\"Attributes\":{\"\\udfff\":\"\\u0000\"}}".into(),
            allow("\"Content\":\"hi\",\"Attributes\":{\"\u{fffd}\":\"\\u0000\"}"),
        ),
        (format!("{{\"Content\":\"{}\"}}", "x".repeat(6_000_000)).into_bytes(), deny(&"x".repeat(500))),
        (attributes.into_bytes(), deny("hi")),
        (many.into_bytes(), deny("hi")),
    ]
}

#[test]
fn one_process_survives_all_of_them_and_answers_a_good_request_afterwards() {
    let function = Function::start(&[]);
    let (refused, answered) = (refused(), answered());
    assert!(refused.len() >= 60, "{}", refused.len());
    let mut wrong = Vec::new();
    let shown = |payload: &[u8]| String::from_utf8_lossy(&payload[..payload.len().min(80)]).into_owned();
    for (payload, message) in &refused {
        let got = function.invoke(payload);
        let error = match &got {
            Answer::Error(error) => serde_json::from_str::<Value>(error).unwrap_or_default(),
            Answer::Response(_) => Value::Null,
        };
        if error["errorType"] != "InvalidReviewRequest" || error["errorMessage"] != *message {
            wrong.push(format!("{}\n  wanted {message}\n  got    {got:?}", shown(payload)));
        }
    }
    for (payload, response) in &answered {
        let got = function.invoke(payload);
        if got != Answer::Response(response.clone()) {
            wrong.push(format!("{}\n  wanted {response}\n  got    {got:?}", shown(payload)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let (_, request, response) = support::events().swap_remove(0);
    assert_eq!(function.invoke(request.as_bytes()), Answer::Response(response.trim_end().to_owned()));
    let output = function.terminate();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
