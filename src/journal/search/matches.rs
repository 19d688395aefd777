//! Where the terms of a search stand in a text as it was written.

use std::collections::{HashMap, VecDeque};

use crate::journal::search::tokens::{Token, readings, spaced, tokens};
use crate::journal::search::{Form, Search};
use unicode_normalization::char::decompose_compatible;

/// At most this many matches are found in one text: enough to choose the best piece of it.
const MOST: usize = 1000;

/// The terms of a search, ready to be looked for in many texts.
#[derive(Debug)]
pub struct Matcher {
    phrases: Vec<Phrase>,
    /// The numbers of the words that stand in phrases. No word has the number 0.
    words: HashMap<String, u32>,
    /// The phrases that end with a word, by its number.
    ends: HashMap<u32, Vec<usize>>,
    /// The phrases that end with the beginning of a word, by that beginning.
    beginnings: HashMap<String, Vec<usize>>,
    /// The terms without a word, decomposed.
    signs: Vec<(usize, Vec<char>)>,
    /// How many of the terms must be in a text.
    wanted: usize,
    /// The number of words in the longest phrase.
    longest: usize,
}

/// Words in a row.
#[derive(Debug)]
struct Phrase {
    /// The place of its term in the search.
    term: usize,
    /// All words but the last, by their numbers.
    before: Vec<u32>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The bytes of the text.
    pub start: usize,
    pub end: usize,
    /// The place of the term in the search.
    pub term: usize,
}

impl Matcher {
    pub fn of(search: &Search) -> Self {
        let mut matcher = Self {
            phrases: Vec::new(),
            words: HashMap::new(),
            ends: HashMap::new(),
            beginnings: HashMap::new(),
            signs: Vec::new(),
            wanted: 0,
            longest: 0,
        };
        for (number, term) in search.terms.iter().enumerate().filter(|(_, term)| !term.is_excluded)
        {
            matcher.wanted += 1;
            if term.form == Form::Signs {
                let signs = decomposed(&term.text).into_iter().map(|(c, ..)| c).collect();
                matcher.signs.push((number, signs));
                continue;
            }
            for reading in readings(&term.text) {
                matcher.add_phrase(number, term.form, &spaced(&term.text, *reading));
            }
        }
        matcher
    }

    fn add_phrase(&mut self, term: usize, form: Form, spaced: &str) {
        let mut words: Vec<&str> = spaced.split(' ').collect();
        let Some(last) = words.pop().filter(|last| !last.is_empty()) else { return };
        let before: Vec<u32> = words.into_iter().map(|word| self.number(word)).collect();
        self.longest = self.longest.max(before.len() + 1);
        let phrase = self.phrases.len();
        self.phrases.push(Phrase { term, before });
        if form == Form::Beginning {
            self.beginnings.entry(last.to_owned()).or_default().push(phrase);
        } else {
            let last = self.number(last);
            self.ends.entry(last).or_default().push(phrase);
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX - 1) + 1;
        *self.words.entry(word.to_owned()).or_insert(next)
    }

    /// Whether the search has terms that must be in a text.
    pub fn wants_any(&self) -> bool {
        self.wanted > 0
    }

    /// Where the terms stand in a text, from its beginning on.
    pub fn find(&self, text: &str) -> Vec<Match> {
        let mut found = Vec::new();
        if !self.phrases.is_empty() {
            for reading in readings(text) {
                let mut before = VecDeque::with_capacity(self.longest);
                tokens(text, *reading, |token| self.step(token, &mut before, &mut found));
            }
        }
        if !self.signs.is_empty() {
            self.find_signs(text, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Adds the phrases that end with this word. `before` has the words before it, the last one at
    /// the end: their numbers and where they begin.
    fn step(&self, token: Token<'_>, before: &mut VecDeque<(u32, usize)>, found: &mut Vec<Match>) {
        let number = self.words.get(token.word).copied().unwrap_or_default();
        let whole = self.ends.get(&number).into_iter().flatten();
        let beginnings = (!self.beginnings.is_empty()).then(|| {
            let ends = (1..=token.word.len()).filter(|end| token.word.is_char_boundary(*end));
            ends.filter_map(|end| self.beginnings.get(&token.word[..end])).flatten()
        });
        for phrase in whole.chain(beginnings.into_iter().flatten()) {
            let Phrase { term, before: wanted } = &self.phrases[*phrase];
            let Some(first) = before.len().checked_sub(wanted.len()) else { continue };
            let stand = before.range(first..);
            if found.len() < MOST && stand.clone().map(|(number, _)| number).eq(wanted) {
                let start = stand.clone().next().map_or(token.start, |(_, start)| *start);
                found.push(Match { start, end: token.end, term: *term });
            }
        }
        if self.longest > 1 {
            if before.len() + 1 == self.longest {
                before.pop_front();
            }
            before.push_back((number, token.start));
        }
    }

    fn find_signs(&self, text: &str, found: &mut Vec<Match>) {
        let mut start_of_line = 0;
        for line in text.split_inclusive('\n') {
            let chars = decomposed(line);
            for (term, signs) in &self.signs {
                let starts = chars
                    .windows(signs.len().max(1))
                    .filter(|window| window.iter().map(|(c, ..)| c).eq(signs));
                let matches = starts.map(|window| Match {
                    start: start_of_line + window[0].1,
                    end: start_of_line + window[window.len() - 1].2,
                    term: *term,
                });
                found.extend(matches.take(MOST.saturating_sub(found.len())));
            }
            start_of_line += line.len();
        }
    }
}

/// Whether the signs of a term without a word stand in one of these texts.
pub fn has_signs(signs: &str, texts: &[&str]) -> bool {
    if texts.iter().any(|text| text.contains(signs)) {
        return true;
    }
    let signs: Vec<char> = decomposed(signs).into_iter().map(|(c, ..)| c).collect();
    // Plain ASCII stands only as it is written.
    let mut lines = texts.iter().filter(|text| !text.is_ascii()).flat_map(|text| text.lines());
    lines.any(|line| {
        let chars: Vec<char> = decomposed(line).into_iter().map(|(c, ..)| c).collect();
        chars.windows(signs.len().max(1)).any(|window| window == signs)
    })
}

/// The decomposed characters of a text, each with the bytes of the character that it is part of.
fn decomposed(text: &str) -> Vec<(char, usize, usize)> {
    let mut chars = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        decompose_compatible(c, |part| chars.push((part, start, start + c.len_utf8())));
    }
    chars
}
