//! Charts as SVG that stands in the page itself. Colours come from the page's style, numbers from titles that a browser shows
//! beside the pointer.

use super::tally::Counts;
use super::text::{percent, thousands};
use maud::{Markup, html};

/// The three outcomes in the order in which they are stacked, worst first, with their colours. The page's style has them too,
/// and others for a dark screen; what shows a page without its style still has these.
const OUTCOMES: [(&str, &str); 3] = [("denied", "#c0392b"), ("rewritten", "#e0a100"), ("allowed", "#9fb3c8")];

const WIDTH: u64 = 720;

fn title(name: &str, counts: Counts) -> String {
    let [denied, rewritten, allowed] = [counts.denied, counts.rewritten, counts.allowed].map(thousands);
    format!("{name}: {allowed} allowed, {rewritten} rewritten, {denied} denied")
}

/// What the colours mean.
pub fn legend() -> Markup {
    html! {
        p.legend {
            @for (outcome, _) in OUTCOMES.iter().rev() {
                span class=(outcome) {} (outcome) " "
            }
        }
    }
}

/// One bar of all messages, cut by outcome.
pub fn whole(counts: Counts) -> Markup {
    html! {
        svg viewBox={ "0 0 " (WIDTH) " 28" } role="img" aria-label=(title("all", counts)) {
            @for Piece { name, colour, messages, start, length } in pieces(counts, counts.messages, WIDTH) {
                rect class=(name) fill=(colour) x=(start) y="0" width=(length) height="28" {
                    title { (name) ": " (thousands(messages)) " (" (percent(messages, counts.messages)) ")" }
                }
            }
        }
    }
}

/// A column for each hour, cut by outcome.
pub fn columns(hours: &[(&str, Counts)]) -> Markup {
    const HEIGHT: u64 = 160;
    const LABEL: u64 = 40;
    let most = hours.iter().map(|(_, counts)| counts.messages).max().unwrap_or(0);
    let count = hours.len() as u64;
    // As wide as the page for a day; a longer time keeps columns that can be pointed at, and scrolls.
    let step = (WIDTH / count.max(1)).clamp(4, 48);
    let width = step * count;
    html! {
        div.wide {
            svg viewBox={ "0 0 " (width) " " (HEIGHT + 16) } width=(width) height=(HEIGHT + 16) role="img"
                aria-label="messages by hour" {
                @for (number, (hour, counts)) in (0..).zip(hours) {
                    g {
                        title { (title(hour, *counts)) }
                        @for Piece { name, colour, start, length, .. } in pieces(*counts, most, HEIGHT) {
                            @let y = HEIGHT.saturating_sub(start + length);
                            rect class=(name) fill=(colour) x=(number * step) y=(y) width=(step - 1) height=(length) {}
                        }
                    }
                    @if number % LABEL.div_ceil(step) == 0 {
                        text x=(number * step) y=(HEIGHT + 12) { (hour.get(11..13).unwrap_or(hour)) "h" }
                    }
                }
            }
        }
    }
}

/// A bar for a row of a table, of `most` messages at full length, cut by outcome.
pub fn bar(name: &str, counts: Counts, most: u64) -> Markup {
    const LENGTH: u64 = 160;
    html! {
        svg.bar viewBox={ "0 0 " (LENGTH) " 10" } width=(LENGTH) height="10" role="img" aria-label=(title(name, counts)) {
            @for Piece { name, colour, start, length, .. } in pieces(counts, most, LENGTH) {
                rect class=(name) fill=(colour) x=(start) y="0" width=(length) height="10" {}
            }
        }
    }
}

/// An outcome's part of a bar.
struct Piece {
    name: &'static str,
    colour: &'static str,
    messages: u64,
    start: u64,
    length: u64,
}

/// The pieces of a bar that would be `full` long for `most` messages. What is something is never nothing.
fn pieces(counts: Counts, most: u64, full: u64) -> Vec<Piece> {
    let mut start = 0;
    let pieces = OUTCOMES.into_iter().zip([counts.denied, counts.rewritten, counts.allowed]);
    let pieces = pieces.map(|((name, colour), messages)| {
        let exact = (messages * full).checked_div(most).unwrap_or(0);
        let length = if messages > 0 { exact.max(1) } else { 0 };
        start += length;
        Piece { name, colour, messages, start: start - length, length }
    });
    pieces.collect()
}
