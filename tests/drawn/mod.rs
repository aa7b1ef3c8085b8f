//! Cases with the answer drawn into the text: one a line, bars around each hit.

use room_review::detect::Hit;

/// The cases of `file`: each line without its bars, and the line. `\u{…}` stands for a character nobody would see.
pub fn cases(file: &str) -> impl Iterator<Item = (String, String)> + '_ {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(|line| {
        let line = unescaped(line);
        (line.replace('|', ""), line)
    })
}

fn unescaped(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').expect("an escape ends with }");
        let point = u32::from_str_radix(code, 16).expect("an escape holds hex digits");
        out.push(char::from_u32(point).expect("an escape is a character"));
        out.push_str(rest);
    }
    out
}

/// `content` with bars around every hit.
pub fn spans_drawn(content: &str, hits: &[Hit]) -> String {
    let mut hits: Vec<_> = hits.iter().map(|hit| hit.span).collect();
    hits.sort();
    let mut out = content.to_owned();
    for span in hits.iter().rev() {
        out.insert(span.end, '|');
        out.insert(span.start, '|');
    }
    out
}

/// Fails with all of `wrong` at once.
pub fn report(wrong: impl Iterator<Item = String>) {
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
