use room_review::{
    event::ReviewRequest,
    review::{Decision, review},
    rules::Ruleset,
};
use std::io::{BufRead, Write};
fn main() {
    let dir = std::env::args().nth(1).unwrap_or("rules".into());
    let rules = match if dir == "builtin" { Ok(Ruleset::builtin()) } else { Ruleset::load(Some(dir.as_ref())) } {
        Ok(r) => r,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(1)
        }
    };
    let why = std::env::var("WHY").ok();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let request = ReviewRequest::from_json(&line).unwrap();
        let verdict = review(&rules, &request);
        if why.is_some() {
            let f: Vec<_> = verdict
                .findings
                .iter()
                .map(|f| {
                    format!(
                        "{}:{:?}:{:?}",
                        f.rule,
                        f.action,
                        &request.content[f.span.start..f.span.end.min(request.content.len())]
                    )
                })
                .collect();
            if !f.is_empty() {
                eprintln!("{} :: {}", request.content, f.join(" "));
            }
        }
        let (r, c) = match verdict.decision {
            Decision::Allow => ("ALLOW", request.content.to_string()),
            Decision::Rewrite { content, .. } => ("ALLOW", content.unwrap_or(request.content.to_string())),
            Decision::Deny { .. } => ("DENY", request.content.to_string()),
        };
        writeln!(out, "{}", serde_json::json!({"ReviewResult": r, "Content": c})).unwrap();
    }
}
