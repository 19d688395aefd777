//! Which highlights of a book the shelf has already, and where new ones belong among its lessons.
//!
//! What is on the shelf stays there, also if the file no longer has it. A shelf may have a million
//! lessons of a book, so little is held of each: a text is read again where it has to be compared.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::journal::LessonId;
use crate::journal::lesson::LessonText;
use crate::journal::lesson::highlight::words;

/// The lessons that a book has on the shelf, and those that come to it, in the order of the book.
#[derive(Debug, Default)]
pub struct BookShelf {
    lessons: Vec<OnShelf>,
    /// Earlier editions of them.
    earlier: HashSet<LessonId>,
    /// The places in `lessons`, in the order of the ids, of the stories, and of the locations.
    by_id: Vec<u32>,
    by_story: Vec<u32>,
    by_location: Vec<u32>,
    /// The most locations that a passage takes.
    longest: u32,
    /// Where the last highlight stands, or belongs: behind this number of lessons.
    behind: usize,
    /// The ids of the words that lessons got, by their places.
    replaced: HashMap<usize, LessonId>,
    /// The new lessons, each with the number of lessons that it stands behind.
    new: Vec<(u32, LessonId)>,
    /// The first half of the id of each: enough to know it again, in little room.
    met: HashSet<u64>,
}

/// A lesson on the shelf.
#[derive(Debug, Clone, Copy)]
struct OnShelf {
    id: LessonId,
    story: u32,
    /// The first and the last location; none is `(1, 0)`.
    first: u32,
    last: u32,
    is_served: bool,
    has_takeaway: bool,
    /// A highlight of this file is of it, so another one may not replace it.
    is_taken: bool,
}

/// What becomes of a highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// The shelf has it, maybe with the words that it was served with.
    Known,
    New,
    /// The same came before it, in this file.
    Twin,
    /// The lesson on the shelf gets the words of this one: it was resized, or got a note.
    Replaces(LessonId),
}

impl BookShelf {
    /// The shelf with these lessons, in order; each with its text and whether it was served.
    pub fn add(&mut self, id: LessonId, text: &LessonText, is_served: bool) {
        let location = words::passage(&text.story).1.location.and_then(|(first, last)| {
            Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
        });
        let (first, last) = location.filter(|(first, last)| first <= last).unwrap_or((1, 0));
        let story = hash_of(&text.story);
        let has_takeaway = !text.takeaway.is_empty();
        let is_taken = false;
        self.lessons.push(OnShelf { id, story, first, last, is_served, has_takeaway, is_taken });
    }

    /// Adds an earlier edition of a lesson: one that the person edited, or that was replaced.
    pub fn add_earlier(&mut self, id: LessonId) {
        self.earlier.insert(id);
    }

    /// Makes the shelf ready for highlights, after its last lesson was added.
    pub fn sort(&mut self) {
        let lessons = &self.lessons;
        let all = || (0..).take(lessons.len()).collect::<Vec<u32>>();
        let at = |place: &u32| &lessons[*place as usize];
        (self.by_id, self.by_story) = (all(), all());
        self.by_id.sort_unstable_by_key(|place| at(place).id);
        self.by_story.sort_unstable_by_key(|place| at(place).story);
        self.by_location = all();
        self.by_location.retain(|place| at(place).has_location());
        self.by_location.sort_unstable_by_key(|place| at(place).first);
        let widths = lessons.iter().filter(|lesson| lesson.has_location());
        self.longest = widths.map(|lesson| lesson.last - lesson.first).max().unwrap_or(0);
    }

    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }

    /// The number of lessons, with those that came.
    pub fn len(&self) -> usize {
        self.lessons.len() + self.new.len()
    }

    /// Whether it has this very lesson.
    pub fn has(&self, id: LessonId) -> bool {
        self.with_id(id).is_some() || self.earlier.contains(&id)
    }

    /// The number of the lesson that came last, counted from 1.
    pub fn number(&self) -> usize {
        self.behind + self.new.len()
    }

    /// What becomes of a highlight, which comes in the order of the book. `text_of` reads a lesson
    /// of the shelf.
    pub fn arrive<E>(
        &mut self,
        lesson: &LessonText,
        id: LessonId,
        text_of: impl FnMut(LessonId) -> Result<LessonText, E>,
    ) -> Result<Arrival, E> {
        if let Some(place) = self.with_id(id) {
            self.take(place);
            return Ok(Arrival::Known);
        }
        if self.earlier.contains(&id) {
            return Ok(Arrival::Known);
        }
        if !self.met.insert(id.0.as_u64_pair().0) {
            return Ok(Arrival::Twin);
        }
        if let Some((place, has_more)) = self.like(lesson, text_of)? {
            self.take(place);
            let before = self.lessons[place];
            if before.is_served || !has_more {
                return Ok(Arrival::Known);
            }
            self.replaced.insert(place, id);
            return Ok(Arrival::Replaces(before.id));
        }
        self.pass_those_before(lesson);
        self.new.push((u32::try_from(self.behind).unwrap_or(u32::MAX), id));
        Ok(Arrival::New)
    }

    /// All lessons of the book in order, with those that came.
    pub fn lessons(self) -> impl Iterator<Item = LessonId> {
        let Self { lessons, new, mut replaced, .. } = self;
        let mut new = new.into_iter().peekable();
        let mut old = lessons.into_iter().zip(0..).peekable();
        std::iter::from_fn(move || {
            let next = old.peek().map_or(u32::MAX, |(_, place)| *place);
            if let Some((_, id)) = new.next_if(|(behind, _)| *behind <= next) {
                return Some(id);
            }
            let (lesson, place) = old.next()?;
            Some(replaced.remove(&(place as usize)).unwrap_or(lesson.id))
        })
    }

    fn with_id(&self, id: LessonId) -> Option<usize> {
        let found = self.by_id.binary_search_by_key(&id, |place| self.at(*place).id).ok()?;
        Some(self.by_id[found] as usize)
    }

    /// The highlight that is taken in is of this lesson.
    fn take(&mut self, place: usize) {
        self.behind = self.behind.max(place + 1);
        self.lessons[place].is_taken = true;
    }

    /// A lesson of the same passage, and whether the new one has more. One that has all of it goes
    /// before one that would be replaced.
    fn like<E>(
        &self,
        lesson: &LessonText,
        mut text_of: impl FnMut(LessonId) -> Result<LessonText, E>,
    ) -> Result<Option<(usize, bool)>, E> {
        let (passage, place) = words::passage(&lesson.story);
        let location = place.location.and_then(|(first, last)| {
            Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
        });
        let Some((first, last)) = location else { return self.like_story(lesson, text_of) };
        let from = first.saturating_sub(self.longest);
        let start = self.by_location.partition_point(|place| self.at(*place).first < from);
        let mut found = None;
        for place in &self.by_location[start..] {
            let (other, place) = (self.at(*place), *place as usize);
            if other.first > last {
                break;
            }
            // The words of one that was replaced are not stored yet.
            if other.last < first || self.replaced.contains_key(&place) {
                continue;
            }
            let text = text_of(other.id)?;
            let (theirs, _) = words::passage(&text.story);
            let has_more = match (theirs.contains(passage), passage.contains(theirs)) {
                (false, false) => continue,
                (true, is_same) => has_more_notes(lesson, &text, is_same),
                (false, true) if text.takeaway == lesson.takeaway => true,
                (false, true) => has_more_notes(lesson, &text, true),
            };
            if !has_more && theirs.contains(passage) {
                return Ok(Some((place, false)));
            }
            if !other.is_taken {
                found = found.filter(|(_, has_more)| *has_more).or(Some((place, has_more)));
            }
        }
        Ok(found)
    }

    /// A lesson with the same story, of which nothing was said before, or nothing is said now.
    fn like_story<E>(
        &self,
        lesson: &LessonText,
        mut text_of: impl FnMut(LessonId) -> Result<LessonText, E>,
    ) -> Result<Option<(usize, bool)>, E> {
        let story = hash_of(&lesson.story);
        let start = self.by_story.partition_point(|place| self.at(*place).story < story);
        let has_note = !lesson.takeaway.is_empty();
        for place in &self.by_story[start..] {
            let (other, place) = (self.at(*place), *place as usize);
            if other.story != story {
                break;
            }
            let may_be = !has_note || !(other.has_takeaway || other.is_taken);
            if may_be && text_of(other.id)?.story == lesson.story {
                return Ok(Some((place, has_note)));
            }
        }
        Ok(None)
    }

    /// Passes the lessons that stand before a new one in the book.
    fn pass_those_before(&mut self, lesson: &LessonText) {
        match words::passage(&lesson.story).1.location {
            Some((first, _)) => {
                let is_before =
                    |other: &OnShelf| other.has_location() && u64::from(other.first) <= first;
                while self.lessons.get(self.behind).is_some_and(is_before) {
                    self.behind += 1;
                }
            }
            // Nothing says where it belongs: behind all, unless it follows on one that is here.
            None if self.behind == 0 => self.behind = self.lessons.len(),
            None => {}
        }
    }

    fn at(&self, place: u32) -> &OnShelf {
        &self.lessons[place as usize]
    }
}

impl OnShelf {
    fn has_location(&self) -> bool {
        self.first <= self.last
    }
}

/// Whether the notes on a new passage say more than those on the one that is here. `may_differ` says
/// that other notes are newer ones; else only those with all the old ones are.
fn has_more_notes(new: &LessonText, here: &LessonText, may_differ: bool) -> bool {
    let (new, here) = (&new.takeaway, &here.takeaway);
    !here.contains(new.as_str()) && (may_differ || new.contains(here.as_str()))
}

/// Half of a hash, which says that two texts are different.
fn hash_of(text: &str) -> u32 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    (hash.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::convert::Infallible;

    use super::*;
    use crate::journal::Source;
    use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};
    use crate::journal::testing::slug;

    /// A lesson as `172-173 words [note]`, or `words` where the place is not known.
    fn lesson(line: &str) -> LessonText {
        let (line, note) = match line.split_once(" [") {
            Some((line, note)) => (line, Some(note.trim_end_matches(']').to_owned())),
            None => (line, None),
        };
        let located = line.split_once(' ').and_then(|(place, text)| {
            let (first, last) = place.split_once('-')?;
            Some(((first.parse().ok()?, last.parse().ok()?), text))
        });
        let (place, text) = match located {
            Some((location, text)) => {
                (Place { location: Some(location), ..Place::default() }, text)
            }
            None => (Place::default(), line),
        };
        let (book, kind, text) = (Source::default(), HighlightKind::Passage, text.to_owned());
        words::lesson(Highlight { book, kind, place, text, note, tags: Vec::new() }, "q?")
    }

    /// What becomes of the highlights of a file, by the first letter, and the lessons of the shelf
    /// after that. Lessons that were served have a star.
    fn after(before: &[&str], file: &[&str]) -> (String, Vec<String>) {
        let book = slug("book");
        let mut texts = HashMap::new();
        let mut shelf = BookShelf::default();
        let mut earlier = Vec::new();
        for line in before {
            let text = lesson(line.trim_start_matches('*'));
            let id = LessonId::of(&book, &text);
            shelf.add(id, &text, line.starts_with('*'));
            texts.insert(id, text);
        }
        shelf.sort();
        let mut arrivals = String::new();
        let stored = texts.clone();
        for line in file {
            let text = lesson(line);
            let id = LessonId::of(&book, &text);
            // Only what was stored before can be read.
            let read = |id| Ok::<_, Infallible>(stored[&id].clone());
            let Ok(arrival) = shelf.arrive(&text, id, read);
            arrivals.push(match arrival {
                Arrival::Known => 'k',
                Arrival::New => 'n',
                Arrival::Twin => 't',
                Arrival::Replaces(old) => {
                    earlier.push(old);
                    'r'
                }
            });
            texts.insert(id, text);
        }
        let lessons: Vec<LessonId> = shelf.lessons().collect();
        // The same file again brings nothing.
        let mut again = BookShelf::default();
        let is_served = |id: &LessonId| {
            let mut served = before.iter().filter_map(|line| line.strip_prefix('*'));
            served.any(|line| LessonId::of(&book, &lesson(line)) == *id)
        };
        for id in &lessons {
            again.add(*id, &texts[id], is_served(id));
        }
        for id in earlier {
            again.add_earlier(id);
        }
        again.sort();
        for line in file {
            let text = lesson(line);
            let read = |id| Ok::<_, Infallible>(texts[&id].clone());
            let Ok(arrival) = again.arrive(&text, LessonId::of(&book, &text), read);
            assert_eq!(arrival, Arrival::Known, "{line}, again, of {file:?}");
        }
        let shown = |id| {
            let text: &LessonText = &texts[&id];
            let note = Some(&text.takeaway).filter(|note| !note.is_empty());
            let note = note.map(|note| format!(" [{note}]")).unwrap_or_default();
            format!("{}{note}", words::passage(&text.story).0)
        };
        (arrivals, lessons.into_iter().map(shown).collect())
    }

    #[test]
    fn new_highlights_stand_among_the_old_ones_in_the_order_of_the_book() {
        for (before, file, arrivals, lessons) in [
            (&[][..], &["1-2 a", "5-6 b"][..], "nn", &["a", "b"][..]),
            (&["1-2 a", "5-6 b"], &["1-2 a", "5-6 b"], "kk", &["a", "b"]),
            (
                &["1-2 a", "5-6 b"],
                &["0-0 z", "3-4 c", "5-6 b", "9-9 d"],
                "nnkn",
                &["z", "a", "c", "b", "d"],
            ),
            // What the file no longer has stays.
            (&["1-2 a", "5-6 b"], &["3-4 c"], "n", &["a", "c", "b"]),
            (&["a", "b"], &["a", "c", "b", "d"], "knkn", &["a", "c", "b", "d"]),
            (&["a", "b"], &["c"], "n", &["a", "b", "c"]),
            (&[], &["a", "b", "a"], "nnt", &["a", "b"]),
            (&["a"], &["a", "a"], "kk", &["a"]),
            (&["a", "5-6 b"], &["a", "5-6 b", "7-8 c"], "kkn", &["a", "b", "c"]),
        ] {
            let wanted = lessons.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(after(before, file), (arrivals.to_owned(), wanted), "{before:?} {file:?}");
        }
    }

    #[test]
    fn a_passage_that_changed_keeps_the_words_that_it_was_served_with() {
        for (before, file, arrivals, lessons) in [
            (&["1-2 one", "5-6 b"][..], &["1-3 one two"][..], "r", &["one two", "b"][..]),
            (&["*1-2 one"], &["1-3 one two"], "k", &["one"]),
            (&["1-2 one"], &["1-2 one [mine]"], "r", &["one [mine]"]),
            (&["one"], &["one [mine]"], "r", &["one [mine]"]),
            (&["*one"], &["one [mine]"], "k", &["one"]),
            (&["one [mine]"], &["one [yours]"], "n", &["one [mine]", "one [yours]"]),
            (&["1-2 one"], &["2-3 other"], "n", &["one", "other"]),
            // An older file takes nothing back.
            (&["1-900 all of it", "5-6 b"], &["880-890 of"], "k", &["all of it", "b"]),
            (&["1-2 one [mine]"], &["1-3 one two"], "k", &["one [mine]"]),
            (&["1-2 one [mine|more]"], &["1-3 one two [mine]"], "k", &["one [mine|more]"]),
            (&["one [mine]"], &["one"], "k", &["one [mine]"]),
            // A shorter passage with the first note is newer.
            (&["1-3 one two"], &["1-2 one [mine]"], "r", &["one [mine]"]),
            (&["1-3 one two [mine]"], &["1-2 one [yours]"], "k", &["one two [mine]"]),
            // Of two for one lesson, the first replaces it.
            (&["1-5 one two"], &["1-2 one", "3-5 two"], "kk", &["one two"]),
            (&["5-5 a b c"], &["5-5 a b", "5-5 other"], "kn", &["a b c", "other"]),
            (&["1-5 one"], &["1-5 one a", "1-5 one b"], "rn", &["one a", "one b"]),
            (&["*1-5 one"], &["1-5 one a", "1-5 one b"], "kn", &["one", "one b"]),
            (&["1-5 one two"], &["1-2 one [a]", "3-5 two"], "rn", &["one [a]", "two"]),
            (&["1-5 one two"], &["1-2 one", "3-5 two [a]"], "kn", &["one two", "two [a]"]),
            (
                &["1-5 one [a]", "2-5 one two"],
                &["1-6 one two three"],
                "r",
                &["one [a]", "one two three"],
            ),
            (&["one"], &["one [a]", "one [b]"], "rn", &["one [a]", "one [b]"]),
            (
                &["1-1 a", "2-2 b", "3-3 c", "4-4 d"],
                &["1-1 a1", "2-2 b", "3-3 c1", "4-4 d"],
                "rkrk",
                &["a1", "b", "c1", "d"],
            ),
        ] {
            let wanted = lessons.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(after(before, file), (arrivals.to_owned(), wanted), "{before:?} {file:?}");
        }
    }
}
