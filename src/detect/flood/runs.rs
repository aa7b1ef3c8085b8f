//! One character many times over: in a row, or all over the message.

use super::units::{Class, Tally, Unit};
use super::{FloodRules, Found, gate, least, share};

/// Finds runs of a character, of spaces and of blank lines.
pub fn find(units: &[Unit], tally: &Tally, rules: &FloodRules, found: &mut Vec<Found>) {
    if tally.run >= least(rules.run_count) {
        characters(units, rules, found);
    }
    if tally.blanks >= least(rules.space_count) {
        let is_blank = |unit: &Unit| unit.class == Class::Space;
        for run in units.chunk_by(|a, b| is_blank(a) && is_blank(b)) {
            if run.len() >= rules.space_count && run.first().is_some_and(is_blank) {
                squeeze("flood.padding", run, 1.min(rules.space_count - 1), found);
            }
        }
    }
    if tally.number(Class::Newline) > least(rules.blank_line_count) {
        for run in units.chunk_by(|a, b| !a.class.is_visible() && !b.class.is_visible()) {
            blank_lines(run, rules, found);
        }
    }
}

fn characters(units: &[Unit], rules: &FloodRules, found: &mut Vec<Found>) {
    for run in units.chunk_by(|a, b| a.repeats(b) && a.class.is_visible()) {
        if let Some(&Unit { class, .. }) = run.first().filter(|_| run.len() >= least(rules.run_count)) {
            let (rule, keep) = match class {
                Class::Emoji => ("flood.emoji", rules.emoji_keep),
                Class::Symbol => ("flood.symbols", rules.run_keep),
                _ => ("flood.letters", rules.run_keep),
            };
            squeeze(rule, run, keep.min(rules.run_count - 1), found);
        }
    }
}

/// All of `run` but its first `keep` units is too much.
fn squeeze(rule: &'static str, run: &[Unit], keep: usize, found: &mut Vec<Found>) {
    if let (Some(first), Some(last)) = (run.get(keep), run.last()) {
        found.push(Found::excess(rule, first.start(), last.end()));
    }
}

/// Finds too many blank lines in a run of blanks; one blank line stays.
fn blank_lines(blanks: &[Unit], rules: &FloodRules, found: &mut Vec<Found>) {
    let mut ends = blanks.iter().filter(|unit| unit.class == Class::Newline);
    // A blank line lies between two line ends.
    if ends.clone().count() > least(rules.blank_line_count)
        && let (Some(second), Some(last)) = (ends.nth(1), ends.next_back())
    {
        found.push(Found::excess("flood.lines", second.end(), last.end()));
    }
}

/// Finds a letter that most of the message is made of, and squeezes each of its runs.
pub fn spread(units: &[Unit], tally: &Tally, rules: &FloodRules, found: &mut Vec<Found>) {
    if units.len() < least(rules.spread_count) || !gate::can_prevail(tally.twins, units.len(), rules.spread_share) {
        return;
    }
    let Some(most) = majority(units, Unit::repeats).filter(|unit| unit.class == Class::Letter) else { return };
    let count = units.iter().filter(|unit| unit.repeats(most)).count();
    if count < rules.spread_count || !share(count, units.len(), rules.spread_share) {
        return;
    }
    for run in units.chunk_by(Unit::repeats).filter(|run| run.first().is_some_and(|unit| unit.repeats(most))) {
        squeeze("flood.letters", run, rules.run_keep, found);
    }
    if found.is_empty()
        && let Some(last) = units.last()
    {
        found.push(Found::all("flood.letters", last.end()));
    }
}

/// The one item that can be more than half of `items`, if any is (Boyer and Moore's vote).
pub fn majority<T>(items: &[T], same: impl Fn(&T, &T) -> bool) -> Option<&T> {
    let (mut winner, mut votes) = (None, 0usize);
    for item in items {
        match winner {
            Some(best) if votes > 0 => votes = if same(best, item) { votes + 1 } else { votes - 1 },
            _ => (winner, votes) = (Some(item), 1),
        }
    }
    winner
}

/// Finds too many emoji. The first few stay; of the others, one stays where it parts two words.
pub fn emoji(units: &[Unit], tally: &Tally, rules: &FloodRules, found: &mut Vec<Found>) {
    let count = tally.number(Class::Emoji);
    if count < least(rules.emoji_count) || !share(count, tally.visible(), rules.emoji_share) {
        return;
    }
    let keep = rules.emoji_keep.min(rules.emoji_count - 1);
    let nth = units.iter().enumerate().filter(|(_, unit)| unit.class == Class::Emoji).nth(keep);
    let mut at = nth.map_or(units.len(), |(at, _)| at);
    while let Some(rest) = units.get(at..).filter(|rest| !rest.is_empty()) {
        let group = rest.iter().take_while(|unit| matches!(unit.class, Class::Emoji | Class::Space)).count();
        excess_emoji(units, at, at + group, found);
        at += group;
        at += units.iter().skip(at).take_while(|unit| unit.class != Class::Emoji).count();
    }
    if let Some(last) = units.last().filter(|_| found.is_empty()) {
        found.push(Found::all("flood.emoji", last.end()));
    }
}

fn visible(units: &[Unit], at: usize) -> bool {
    units.get(at).is_some_and(|unit| unit.class.is_visible())
}

/// Takes out units `from` to before `to`, emoji and spaces that begin with an emoji.
fn excess_emoji(units: &[Unit], from: usize, to: usize, found: &mut Vec<Found>) {
    let word = |at: Option<usize>| {
        at.and_then(|at| units.get(at)).is_some_and(|unit| unit.class.is_visible() && unit.class != Class::Emoji)
    };
    let group = units.get(from..to).unwrap_or_default();
    let emoji = group.iter().rposition(|unit| unit.class == Class::Emoji).map_or(0, |last| last + 1);
    let joins = word(from.checked_sub(1)) && word(Some(from + emoji));
    let blank = |at: Option<usize>| at.and_then(|at| units.get(at)).is_some_and(|unit| unit.class == Class::Space);
    // Of the spaces on both sides, one is enough.
    let start = from - usize::from(blank(from.checked_sub(1)) && !visible(units, from + emoji));
    let group = units.get(start + usize::from(joins)..from + emoji).unwrap_or_default();
    if let (Some(first), Some(last)) = (group.first(), group.last()) {
        found.push(Found::excess("flood.emoji", first.start(), last.end()));
    }
}
