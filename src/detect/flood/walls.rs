//! Messages of which nothing readable would be left: pictures, walls of symbols, everybody called at once.

use super::units::{Class, Unit};
use super::{FloodRules, Found, least, share};

/// Finds what can only be denied.
pub fn find(content: &str, units: &[Unit], rules: &FloodRules, found: &mut Vec<Found>) {
    let rule = if art(content, units, rules) {
        "flood.art"
    } else if wall(content, units, rules) {
        "flood.symbols"
    } else if column(units, rules) {
        "flood.lines"
    } else if mentions(units, rules) {
        "flood.mentions"
    } else if rules.capitals && capitals(content, rules) {
        "flood.capitals"
    } else {
        return;
    };
    found.push(Found::all(rule, content.len()));
}

fn number(units: &[Unit], class: Class) -> usize {
    units.iter().filter(|unit| unit.class == class).count()
}

/// A wall of symbols. A row of one symbol counts as the few that would stay of a longer one: a hug of brackets is none.
fn wall(content: &str, units: &[Unit], rules: &FloodRules) -> bool {
    let rows = units.chunk_by(Unit::repeats).filter(|row| row.first().is_some_and(|unit| unit.class == Class::Symbol));
    let different: usize = rows.map(|row| row.len().min(rules.run_keep)).sum();
    different >= least(rules.symbol_count) && symbols(content, units, rules.symbol_count, rules.symbol_share)
}

/// Whether there are `count` symbols that are `percent` of what is seen.
fn symbols(content: &str, units: &[Unit], count: usize, percent: u8) -> bool {
    let visible = units.iter().filter(|unit| unit.class.is_visible()).count();
    let (cells, drawn) = braille(content);
    // Six-dot braille is how blind people write; with eight dots it is nearly always a picture.
    let text = if share(drawn, cells, 15) { 0 } else { cells };
    let symbols = number(units, Class::Symbol).saturating_sub(text);
    symbols >= least(count) && share(symbols, visible, percent)
}

/// Braille cells, and those of them with eight dots.
fn braille(content: &str) -> (usize, usize) {
    let cells = content.chars().filter(|c| ('\u{2801}'..='\u{28ff}').contains(c));
    cells.fold((0, 0), |(all, drawn), c| (all + 1, drawn + usize::from(c >= '\u{2840}')))
}

/// A picture: symbols over several lines, or braille cells.
fn art(content: &str, units: &[Unit], rules: &FloodRules) -> bool {
    let drawn = braille(content).0 >= least(rules.art_count);
    let lines = number(units, Class::Newline) + 1;
    (drawn || lines >= rules.art_lines) && symbols(content, units, rules.art_count, rules.art_share)
}

/// A message written downwards.
fn column(units: &[Unit], rules: &FloodRules) -> bool {
    let lines = number(units, Class::Newline) + 1;
    let visible = units.iter().filter(|unit| unit.class.is_visible()).count();
    lines >= least(rules.line_count) && visible <= lines.saturating_mul(rules.line_length)
}

/// A crowd of names. An `@` within a word calls nobody.
fn mentions(units: &[Unit], rules: &FloodRules) -> bool {
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
