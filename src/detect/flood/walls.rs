//! Messages of which nothing readable would be left: pictures, walls of symbols, everybody called at once.

use super::units::{Class, Tally, Unit};
use super::{FloodRules, Found, least, share};

/// Finds what can only be denied.
pub fn find(content: &str, units: &[Unit], tally: &Tally, rules: &FloodRules, found: &mut Vec<Found>) {
    let rule = if art(content, tally, rules) {
        "flood.art"
    } else if wall(content, units, tally, rules) {
        "flood.symbols"
    } else if column(tally, rules) {
        "flood.lines"
    } else if mentions(units, tally, rules) {
        "flood.mentions"
    } else if rules.capitals && capitals(content, rules) {
        "flood.capitals"
    } else {
        return;
    };
    found.push(Found::all(rule, content.len()));
}

/// A wall of symbols. A row of one symbol counts as the few that would stay of a longer one: a hug of brackets is none.
fn wall(content: &str, units: &[Unit], tally: &Tally, rules: &FloodRules) -> bool {
    let rows =
        || units.chunk_by(Unit::repeats).filter(|row| row.first().is_some_and(|unit| unit.class == Class::Symbol));
    let different = || rows().map(|row| row.len().min(rules.run_keep)).sum::<usize>();
    symbols(content, tally, rules.symbol_count, rules.symbol_share) && different() >= least(rules.symbol_count)
}

/// Whether there are `count` symbols that are `percent` of what is seen.
fn symbols(content: &str, tally: &Tally, count: usize, percent: u8) -> bool {
    let symbols = tally.number(Class::Symbol);
    if symbols < least(count) || !share(symbols, tally.visible(), percent) {
        return false;
    }
    let (cells, drawn) = braille(content);
    // Six-dot braille is how blind people write; with eight dots it is nearly always a picture.
    let text = if share(drawn, cells, 15) { 0 } else { cells };
    let symbols = symbols.saturating_sub(text);
    symbols >= least(count) && share(symbols, tally.visible(), percent)
}

/// Braille cells, and those of them with eight dots.
fn braille(content: &str) -> (usize, usize) {
    if content.is_ascii() {
        return (0, 0);
    }
    let cells = content.chars().filter(|c| ('\u{2801}'..='\u{28ff}').contains(c));
    cells.fold((0, 0), |(all, drawn), c| (all + 1, drawn + usize::from(c >= '\u{2840}')))
}

/// A picture: symbols over several lines, or braille cells.
fn art(content: &str, tally: &Tally, rules: &FloodRules) -> bool {
    let drawn = || braille(content).0 >= least(rules.art_count);
    let lines = tally.number(Class::Newline) + 1;
    symbols(content, tally, rules.art_count, rules.art_share) && (lines >= rules.art_lines || drawn())
}

/// A message written downwards.
fn column(tally: &Tally, rules: &FloodRules) -> bool {
    let lines = tally.number(Class::Newline) + 1;
    lines >= least(rules.line_count) && tally.visible() <= lines.saturating_mul(rules.line_length)
}

/// A crowd of names. An `@` within a word calls nobody.
fn mentions(units: &[Unit], tally: &Tally, rules: &FloodRules) -> bool {
    if tally.visible() - tally.number(Class::Letter) < least(rules.mention_count) {
        return false;
    }
    let is_word = |class| matches!(class, Class::Letter | Class::Masked);
    let (mut names, mut words, mut before) = (0, 0, Class::Space);
    let mut at = false;
    for unit in units {
        let word = is_word(unit.class);
        words += usize::from(word && !is_word(before));
        names += usize::from(word && at);
        at = unit.key == u32::from('@') && !is_word(before);
        before = unit.class;
    }
    names >= least(rules.mention_count) && share(names, words, rules.mention_share)
}

/// Capitals, of the letters that have a case.
fn capitals(content: &str, rules: &FloodRules) -> bool {
    let upper = content.chars().filter(|c| c.is_uppercase()).count();
    let cased = upper + content.chars().filter(|c| c.is_lowercase()).count();
    cased >= rules.capital_count && share(upper, cased, rules.capital_share)
}
