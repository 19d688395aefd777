//! Which highlights of a book the shelf has already, and where new ones belong among its lessons.
//!
//! What is on the shelf stays there, also if the file no longer has it. A shelf may have a million
//! lessons of a book, so little is held of each: a text is read again where it has to be compared.

use std::collections::HashSet;
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
        self.lessons.push(OnShelf { id, story, first, last, is_served, has_takeaway });
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
            self.behind = self.behind.max(place + 1);
            return Ok(Arrival::Known);
        }
        if self.earlier.contains(&id) {
            return Ok(Arrival::Known);
        }
        if !self.met.insert(id.0.as_u64_pair().0) {
            return Ok(Arrival::Twin);
        }
        if let Some(place) = self.like(lesson, text_of)? {
            self.behind = self.behind.max(place + 1);
            let before = &mut self.lessons[place];
            if before.is_served {
                return Ok(Arrival::Known);
            }
            return Ok(Arrival::Replaces(std::mem::replace(&mut before.id, id)));
        }
        self.pass_those_before(lesson);
        self.new.push((u32::try_from(self.behind).unwrap_or(u32::MAX), id));
        Ok(Arrival::New)
    }

    /// All lessons of the book in order, with those that came.
    pub fn lessons(self) -> impl Iterator<Item = LessonId> {
        let Self { lessons, new, .. } = self;
        let mut new = new.into_iter().peekable();
        let mut old = lessons.into_iter().zip(0..).peekable();
        std::iter::from_fn(move || {
            let next = old.peek().map_or(u32::MAX, |(_, place)| *place);
            match new.next_if(|(behind, _)| *behind <= next) {
                Some((_, id)) => Some(id),
                None => old.next().map(|(lesson, _)| lesson.id),
            }
        })
    }

    fn with_id(&self, id: LessonId) -> Option<usize> {
        let found = self.by_id.binary_search_by_key(&id, |place| self.at(*place).id).ok()?;
        Some(self.by_id[found] as usize)
    }

    /// A lesson of the same passage: it stands at the same place, and one text holds the other; or
    /// it has the same story, and nothing was said of it before.
    fn like<E>(
        &self,
        lesson: &LessonText,
        mut text_of: impl FnMut(LessonId) -> Result<LessonText, E>,
    ) -> Result<Option<usize>, E> {
        let (passage, place) = words::passage(&lesson.story);
        let location = place.location.and_then(|(first, last)| {
            Some((u32::try_from(first).ok()?, u32::try_from(last).ok()?))
        });
        if let Some((first, last)) = location {
            let from = first.saturating_sub(self.longest);
            let start = self.by_location.partition_point(|place| self.at(*place).first < from);
            for place in &self.by_location[start..] {
                let other = self.at(*place);
                if other.first > last {
                    break;
                }
                if other.last < first {
                    continue;
                }
                let text = text_of(other.id)?;
                let (theirs, _) = words::passage(&text.story);
                if theirs.contains(passage) || passage.contains(theirs) {
                    return Ok(Some(*place as usize));
                }
            }
            return Ok(None);
        }
        let story = hash_of(&lesson.story);
        let start = self.by_story.partition_point(|place| self.at(*place).story < story);
        for place in &self.by_story[start..] {
            let other = self.at(*place);
            if other.story != story {
                break;
            }
            if !other.has_takeaway && text_of(other.id)?.story == lesson.story {
                return Ok(Some(*place as usize));
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
        for line in before {
            let text = lesson(line.trim_start_matches('*'));
            let id = LessonId::of(&book, &text);
            shelf.add(id, &text, line.starts_with('*'));
            texts.insert(id, text);
        }
        shelf.sort();
        let mut arrivals = String::new();
        for line in file {
            let text = lesson(line);
            let id = LessonId::of(&book, &text);
            let read = |id| Ok::<_, Infallible>(texts[&id].clone());
            let Ok(arrival) = shelf.arrive(&text, id, read);
            arrivals.push(match arrival {
                Arrival::Known => 'k',
                Arrival::New => 'n',
                Arrival::Twin => 't',
                Arrival::Replaces(_) => 'r',
            });
            texts.insert(id, text);
        }
        let shown = |id| {
            let text: &LessonText = &texts[&id];
            let note = Some(&text.takeaway).filter(|note| !note.is_empty());
            let note = note.map(|note| format!(" [{note}]")).unwrap_or_default();
            format!("{}{note}", words::passage(&text.story).0)
        };
        (arrivals, shelf.lessons().map(shown).collect())
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
            (&["1-900 all of it", "5-6 b"], &["880-890 of"], "r", &["of", "b"]),
        ] {
            let wanted = lessons.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(after(before, file), (arrivals.to_owned(), wanted), "{before:?} {file:?}");
        }
    }
}
