//! Gathers the highlights of a book, which come in the order of their places: a note joins the
//! passage that holds it, a passage that was resized takes the place of the one before, and of
//! equal ones one stays.
//!
//! Only passages that a later one may still belong to are held, and at most `MOST_HELD`.

use std::collections::VecDeque;

use crate::journal::lesson::highlight::{Highlight, HighlightKind};

/// The most passages that are open at one place. More do not come from a reader of books.
const MOST_HELD: usize = 64;

/// A passage with what was joined to it, or a note that no passage holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    pub highlight: Highlight,
    /// The number of records that it was made of.
    pub records: u64,
}

/// Gathers one book.
#[derive(Debug, Default)]
pub struct Gather {
    passages: VecDeque<Held>,
    /// Notes, which may stand before their passage.
    notes: Vec<Held>,
    ready: VecDeque<Gathered>,
}

#[derive(Debug)]
struct Held {
    highlight: Highlight,
    /// Its number in the file: a higher one is newer.
    number: u64,
    /// The notes on it, in the order of their places.
    notes: Vec<Held>,
    records: u64,
}

impl Gather {
    /// Takes the next highlight of the book. `number` is that in the file.
    pub fn push(&mut self, highlight: Highlight, number: u64) {
        self.let_go(Some(&highlight));
        let new = Held { highlight, number, notes: Vec::new(), records: 1 };
        match new.highlight.kind {
            HighlightKind::Note => self.notes.push(new),
            HighlightKind::Passage => match self.passages.iter_mut().find(|held| held.is(&new)) {
                Some(same) => same.merge(new),
                None => self.passages.push_back(new),
            },
        }
        if self.passages.len() > MOST_HELD {
            self.let_first_go();
        }
        if self.notes.len() > MOST_HELD {
            self.join_notes(|_| true);
        }
    }

    /// The next passage that is complete.
    pub fn take(&mut self) -> Option<Gathered> {
        self.ready.pop_front()
    }

    /// Completes all that is held: the book has no more.
    pub fn end(&mut self) {
        self.let_go(None);
    }

    /// Completes what nothing from `next` on can belong to.
    fn let_go(&mut self, next: Option<&Highlight>) {
        // What comes at the very place of a note may be its passage.
        self.join_notes(|note| next.is_none_or(|next| next.place.key() > note.place.key()));
        let is_over = |held: &Held| {
            next.is_none_or(|next| match (held.highlight.place.location, next.place.location) {
                (Some((_, last)), Some((first, _))) => last < first,
                (None, None) => !held.highlight.place.holds(&next.place),
                _ => true,
            })
        };
        while self.passages.front().is_some_and(is_over) {
            self.let_first_go();
        }
    }

    fn let_first_go(&mut self) {
        if let Some(first) = self.passages.front() {
            let key = first.highlight.place.key();
            self.join_notes(|note| note.place.key() <= key);
        }
        self.ready.extend(self.passages.pop_front().map(Held::gathered));
    }

    /// Gives these notes to the passages that hold them: the one that begins last, and of those
    /// the newest.
    fn join_notes(&mut self, is_due: impl Fn(&Highlight) -> bool) {
        let (due, rest) = self.notes.drain(..).partition(|note| is_due(&note.highlight));
        self.notes = rest;
        let due: Vec<Held> = due;
        for note in due {
            let place = &note.highlight.place;
            let holding = self.passages.iter_mut().filter(|held| held.highlight.place.holds(place));
            match holding.max_by_key(|held| (held.highlight.place.key(), held.number)) {
                Some(passage) => passage.add_note(note),
                None => self.put_in_order(note),
            }
        }
    }

    /// A note that no passage holds stands between the passages, by itself.
    fn put_in_order(&mut self, mut note: Held) {
        note.highlight.kind = HighlightKind::Note;
        let key = note.highlight.place.key();
        let is_after = |held: &Held| held.highlight.place.key() > key;
        let is_same = |held: &&mut Held| {
            held.highlight.kind == HighlightKind::Note
                && held.highlight.place == note.highlight.place
        };
        // Written again at its place, it was changed.
        if note.highlight.place.location.is_some()
            && let Some(same) = self.passages.iter_mut().find(is_same)
        {
            return same.merge(note);
        }
        let place = self.passages.iter().position(is_after).unwrap_or(self.passages.len());
        self.passages.insert(place, note);
    }
}

impl Held {
    /// Whether a new passage is this one: equal, or resized.
    fn is(&self, new: &Self) -> bool {
        let (old, new) = (&self.highlight, &new.highlight);
        let is_one_place = match (old.place.location, new.place.location) {
            (None, None) => {
                old.place.page.is_some()
                    && (&old.place.page, &old.place.chapter)
                        == (&new.place.page, &new.place.chapter)
            }
            _ => old.place.overlaps(&new.place),
        };
        let is_one_text = || new.text.contains(&old.text) || old.text.contains(&new.text);
        old.kind == HighlightKind::Passage && is_one_place && is_one_text()
    }

    /// Takes in another one of the same passage. The newer one stays.
    fn merge(&mut self, mut other: Self) {
        if other.number > self.number {
            std::mem::swap(self, &mut other);
        }
        let (new, old) = (&mut self.highlight, other.highlight);
        if new.note.is_none() {
            new.note = old.note;
        }
        for tag in old.tags {
            if !new.tags.contains(&tag) {
                new.tags.push(tag);
            }
        }
        self.records += other.records;
        for note in other.notes {
            self.records -= note.records;
            self.add_note(note);
        }
    }

    fn add_note(&mut self, note: Self) {
        self.records += note.records;
        let same = self.notes.iter_mut().find(|other| {
            other.highlight.place.location == note.highlight.place.location
                && (note.highlight.place.location.is_some()
                    || other.highlight.text == note.highlight.text)
        });
        match same {
            Some(same) if note.number > same.number => {
                let records = same.records;
                *same = note;
                same.records += records;
            }
            Some(same) => same.records += note.records,
            None => self.notes.push(note),
        }
    }

    fn gathered(mut self) -> Gathered {
        self.notes.sort_by_key(|note| (note.highlight.place.key(), note.number));
        let own = self.highlight.note.take().into_iter();
        let notes: Vec<String> =
            own.chain(self.notes.into_iter().map(|note| note.highlight.text)).collect();
        self.highlight.note = Some(notes.join("\n\n")).filter(|note| !note.is_empty());
        Gathered { highlight: self.highlight, records: self.records }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Source;
    use crate::journal::lesson::highlight::Place;

    /// A highlight as `172-173 words`; `note` before it makes it a note, and `p12` a page.
    fn highlight(line: &str, number: u64) -> Highlight {
        let (kind, line) = match line.strip_prefix("note ") {
            Some(rest) => (HighlightKind::Note, rest),
            None => (HighlightKind::Passage, line),
        };
        let (place, text) = line.split_once(' ').expect("a place");
        let number_of = |text: &str| text.parse().expect("a number");
        let place = match (place.strip_prefix('p'), place.split_once('-')) {
            (Some(page), _) => Place {
                page: Some(page.to_owned()),
                order: number_of(page) << 32 | number,
                ..Place::default()
            },
            (_, Some((first, last))) => {
                Place { location: Some((number_of(first), number_of(last))), ..Place::default() }
            }
            _ => Place { order: number, ..Place::default() },
        };
        let text = text.to_owned();
        Highlight { book: Source::default(), kind, place, text, note: None, tags: Vec::new() }
    }

    /// The lessons that these become: their words and notes, and how many records each is of.
    fn gathered(lines: &[&str]) -> Vec<String> {
        let mut all: Vec<(u64, Highlight)> =
            (0..).zip(lines).map(|(number, line)| (number, highlight(line, number))).collect();
        all.sort_by_key(|(number, highlight)| (highlight.place.key(), *number));
        let mut gather = Gather::default();
        let mut found = Vec::new();
        for (number, highlight) in all {
            gather.push(highlight, number);
            found.extend(std::iter::from_fn(|| gather.take()));
        }
        gather.end();
        found.extend(std::iter::from_fn(|| gather.take()));
        let shown = found.into_iter().map(|Gathered { highlight, records }| {
            let note = highlight.note.map(|note| format!(" [{}]", note.replace("\n\n", "|")));
            format!("{}{} {records}", highlight.text, note.unwrap_or_default())
        });
        shown.collect()
    }

    #[test]
    fn notes_join_the_passage_that_holds_them() {
        for (lines, wanted) in [
            (&["10-12 one", "20-22 two", "note 12-12 mine"][..], &["one [mine] 2", "two 1"][..]),
            // Before its passage, at its beginning, and between.
            (&["note 10-10 mine", "10-12 one"], &["one [mine] 2"]),
            (&["note 11-11 mine", "10-12 one"], &["one [mine] 2"]),
            // Of two passages the one that begins last.
            (&["10-30 long", "20-22 short", "note 21-21 mine"], &["long 1", "short [mine] 2"]),
            (&["10-30 long", "20-22 short", "note 25-25 mine"], &["long [mine] 2", "short 1"]),
            // Changed notes are written again at their place; others are added.
            (&["10-12 one", "note 12-12 old", "note 12-12 new"], &["one [new] 3"]),
            (&["10-12 one", "note 12-12 b", "note 11-11 a"], &["one [a|b] 3"]),
            (&["10-12 one", "note 15-15 alone", "20-22 two"], &["one 1", "alone 1", "two 1"]),
            (&["p3 one", "note p3 mine", "p4 two"], &["one [mine] 2", "two 1"]),
            (&["p3 one", "p3 two", "note p3 mine"], &["one 1", "two [mine] 2"]),
        ] {
            assert_eq!(gathered(lines), wanted, "{lines:?}");
        }
    }

    #[test]
    fn a_resized_passage_takes_the_place_of_the_one_before() {
        for (lines, wanted) in [
            (&["10-12 the words", "10-14 the words and more"][..], &["the words and more 2"][..]),
            (&["10-14 the words and more", "12-14 and more"], &["and more 2"]),
            (&["10-12 the words", "10-12 the words"], &["the words 2"]),
            (&["10-12 some words", "12-14 other words"], &["some words 1", "other words 1"]),
            (&["10-12 the words", "13-14 the words"], &["the words 1", "the words 1"]),
            (&["10-12 one", "note 12-12 mine", "9-12 one and one"], &["one and one [mine] 3"]),
            // Resized twice, and two passages that begin at one place.
            (&["10-11 a", "10-12 a b", "10-13 a b c", "10-13 x"], &["a b c 3", "x 1"]),
            (&["p3 the words", "p3 the words and more"], &["the words and more 2"]),
            (&["p3 the words", "p4 the words"], &["the words 1", "the words 1"]),
            (&["x the words", "x the words"], &["the words 1", "the words 1"]),
        ] {
            assert_eq!(gathered(lines), wanted, "{lines:?}");
        }
    }

    #[test]
    fn all_records_are_counted_and_few_are_held() {
        let lines: Vec<String> = (0..1000)
            .map(|number| match number % 3 {
                0 => format!("note {}-{} note {number}", number / 2, number / 2),
                _ => format!("{}-2000 words {number}", number / 2),
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let all = gathered(&lines);
        let records = all.iter().map(|line| {
            line.rsplit(' ').next().expect("a number").parse::<usize>().expect("a number")
        });
        assert_eq!(records.sum::<usize>(), 1000);
        let mut gather = Gather::default();
        for (number, line) in (0..).zip(lines) {
            gather.push(highlight(line, number), number);
            assert!(gather.passages.len() <= 2 * MOST_HELD && gather.notes.len() <= MOST_HELD);
        }
    }
}
