//! A newer edition of a series that is on the shelf: which of its lessons stay, which get other
//! words, which are new, and which leave.
//!
//! A lesson that was served keeps its words, and so does one that the person edited. Any other gets
//! those of the new edition, if it is plainly the same lesson. Lessons are compared by their words
//! only: by those that they have, and by those that they had before the person edited them.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::journal::lesson::name::comparable;
use crate::journal::lesson::{LessonId, LessonText, Series, Source};

/// A lesson of a series on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesLesson {
    pub id: LessonId,
    pub text: LessonText,
    pub source: Source,
    /// Whether it, or an earlier edition of it, was served.
    pub served: bool,
    /// Whether the person gave it its present words.
    pub has_own_words: bool,
    /// The words that it had before, by the ids of those editions.
    pub earlier: BTreeMap<LessonId, LessonText>,
}

/// What happens to a lesson that is on the shelf and not in the new edition. A lesson is the same
/// if its title or its story is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionRule {
    /// It leaves the shelf: the edition is the whole series.
    Whole,
    /// It stays: the edition may be a part of the series.
    Union,
}

/// What a new edition makes of a series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edition {
    /// The lessons of the series, in order.
    pub lessons: Vec<LessonId>,
    /// The lessons that got other words: the present one by the one before.
    pub edited: BTreeMap<LessonId, LessonId>,
    pub report: EditionReport,
}

/// The titles of lessons, by what a new edition did to them, in the order of the series.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditionReport {
    /// They got the words of the new edition.
    pub updated: Vec<String>,
    /// They were served, and so keep the words that they were served with.
    pub kept: Vec<String>,
    /// The person edited them, and so they keep the words of the person.
    pub own: Vec<String>,
    pub added: Vec<String>,
    /// They left the shelf.
    pub removed: Vec<String>,
    /// The number of lessons with the same words, or with those that the person edited.
    pub same: usize,
}

/// The new edition of a series that has these lessons, in order.
pub fn edition(shelf: &[SeriesLesson], series: &Series, rule: EditionRule) -> Edition {
    let ids = series.lesson_ids();
    let mut same = Matches::new(shelf, &ids);
    let mut edition = Edition::default();
    let mut order = Vec::new();
    for (id, text) in ids.iter().zip(&series.lessons) {
        let found = same.by_id.get(id).copied().or_else(|| same.like(text));
        let Some(found) = found else {
            edition.report.added.push(text.title.clone());
            order.push((*id, None));
            continue;
        };
        let before = &shelf[found];
        let is_before_edit = before.has_own_words && before.earlier.contains_key(id);
        if before.id == *id || is_before_edit {
            edition.report.same += 1;
            order.push((before.id, Some(found)));
        } else if before.has_own_words || before.served {
            let report = &mut edition.report;
            let kept = if before.has_own_words { &mut report.own } else { &mut report.kept };
            kept.push(before.text.title.clone());
            order.push((before.id, Some(found)));
        } else {
            edition.report.updated.push(text.title.clone());
            edition.edited.insert(*id, before.id);
            order.push((*id, Some(found)));
        }
    }
    let met: HashSet<usize> = order.iter().filter_map(|(_, found)| *found).collect();
    match rule {
        EditionRule::Whole => {
            let left = (0..shelf.len()).filter(|place| !met.contains(place));
            edition.report.removed = left.map(|place| shelf[place].text.title.clone()).collect();
            edition.lessons = order.into_iter().map(|(id, _)| id).collect();
        }
        EditionRule::Union => edition.lessons = with_those_that_stay(shelf, &order, &met),
    }
    edition
}

/// The lessons of a new edition, with those of the shelf that it does not have, each behind the
/// lesson that it stood behind.
fn with_those_that_stay(
    shelf: &[SeriesLesson],
    order: &[(LessonId, Option<usize>)],
    met: &HashSet<usize>,
) -> Vec<LessonId> {
    let mut behind: HashMap<Option<usize>, Vec<LessonId>> = HashMap::new();
    let mut last = None;
    for (place, lesson) in shelf.iter().enumerate() {
        if met.contains(&place) {
            last = Some(place);
        } else {
            behind.entry(last).or_default().push(lesson.id);
        }
    }
    let mut lessons = behind.remove(&None).unwrap_or_default();
    for (id, found) in order {
        lessons.push(*id);
        if found.is_some() {
            lessons.extend(behind.remove(found).unwrap_or_default());
        }
    }
    lessons
}

/// The lessons of a shelf by what makes them the same as others. Each is found once.
struct Matches<'a> {
    shelf: &'a [SeriesLesson],
    /// The lessons that are in the new edition word for word, or were before the person edited
    /// them.
    by_id: HashMap<LessonId, usize>,
    by_story: HashMap<&'a str, VecDeque<usize>>,
    by_title: HashMap<String, VecDeque<usize>>,
    taken: HashSet<usize>,
}

impl<'a> Matches<'a> {
    /// `ids` are those of the new edition: a lesson with the same words is no other's.
    fn new(shelf: &'a [SeriesLesson], ids: &[LessonId]) -> Self {
        let ids: HashSet<LessonId> = ids.iter().copied().collect();
        let (mut by_id, mut taken) = (HashMap::new(), HashSet::new());
        let mut by_story: HashMap<&str, VecDeque<usize>> = HashMap::new();
        let mut by_title: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, lesson) in shelf.iter().enumerate() {
            if ids.contains(&lesson.id) {
                by_id.insert(lesson.id, place);
                taken.insert(place);
            }
        }
        let own = || shelf.iter().enumerate().filter(|(_, lesson)| lesson.has_own_words);
        for (place, lesson) in own() {
            let before = lesson.earlier.keys().find(|id| ids.contains(id));
            if let Some(before) = before.filter(|id| !by_id.contains_key(id))
                && taken.insert(place)
            {
                by_id.insert(*before, place);
            }
        }
        let present = shelf.iter().enumerate().map(|(place, lesson)| (place, &lesson.text));
        let earlier = own()
            .flat_map(|(place, lesson)| lesson.earlier.values().map(move |text| (place, text)));
        for (place, text) in present.chain(earlier).filter(|(place, _)| !taken.contains(place)) {
            by_story.entry(&text.story).or_default().push_back(place);
            by_title.entry(comparable(&text.title)).or_default().push_back(place);
        }
        Self { shelf, by_id, by_story, by_title, taken }
    }

    /// A lesson that is plainly the same as this one, and was not found before.
    fn like(&mut self, text: &LessonText) -> Option<usize> {
        let titled = comparable(&text.title);
        let by_story = self.by_story.get_mut(text.story.as_str());
        let by_title = self.by_title.get_mut(&titled);
        let (shelf, taken) = (self.shelf, &self.taken);
        let is_free = |place: &usize| !taken.contains(place);
        let with_both = |place: &usize| comparable(&shelf[*place].text.title) == titled;
        let by_story = by_story.map(|places| {
            places.retain(is_free);
            places.iter().find(|place| with_both(place)).or(places.front()).copied()
        });
        let by_title = || {
            let places = by_title?;
            places.retain(is_free);
            places.front().copied()
        };
        let found = by_story.flatten().or_else(by_title)?;
        self.taken.insert(found);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::slug;

    fn text(title: &str, story: &str) -> LessonText {
        LessonText {
            title: title.to_owned(),
            story: story.to_owned(),
            takeaway: String::new(),
            question: "q?".to_owned(),
            tags: Vec::new(),
        }
    }

    /// A series of lessons, each as `title: story`.
    fn series(lessons: &[&str]) -> Series {
        let lesson = |lesson: &&str| {
            let (title, story) = lesson.split_once(": ").expect("a title and a story");
            text(title, story)
        };
        let lessons = lessons.iter().map(lesson).collect();
        Series::new(slug("walks"), "Walks".to_owned(), Source::default(), lessons)
    }

    /// The lessons on the shelf; those that were served have a star in front.
    fn shelf(lessons: &[&str]) -> Vec<SeriesLesson> {
        let on_shelf = lessons.iter().map(|lesson| lesson.trim_start_matches('*'));
        let series = series(&on_shelf.collect::<Vec<_>>());
        let texts = series.lesson_ids().into_iter().zip(series.lessons.clone()).zip(lessons);
        let lesson = |((id, text), lesson): ((LessonId, LessonText), &&str)| SeriesLesson {
            id,
            text,
            source: Source::default(),
            served: lesson.starts_with('*'),
            has_own_words: false,
            earlier: BTreeMap::new(),
        };
        texts.map(lesson).collect()
    }

    /// The lessons after a new edition, each as `title: story`, and what was done.
    fn after(before: &[&str], new: &[&str], rule: EditionRule) -> (Vec<String>, EditionReport) {
        let (shelf, series) = (shelf(before), series(new));
        let edition = edition(&shelf, &series, rule);
        let new = series.lesson_ids().into_iter().zip(series.lessons.iter());
        let texts: HashMap<LessonId, &LessonText> =
            shelf.iter().map(|lesson| (lesson.id, &lesson.text)).chain(new).collect();
        let shown = edition.lessons.iter().map(|id| texts[id]);
        let shown = shown.map(|text| format!("{}: {}", text.title, text.story)).collect();
        (shown, edition.report)
    }

    fn report(parts: [&[&str]; 4], same: usize) -> EditionReport {
        let [updated, kept, added, removed] =
            parts.map(|titles| titles.iter().map(|title| (*title).to_owned()).collect());
        EditionReport { updated, kept, own: Vec::new(), added, removed, same }
    }

    #[test]
    fn a_lesson_gets_other_words_unless_it_was_served() {
        for (before, new, lessons, wanted) in [
            (vec!["a: 1"], vec!["a: 1"], vec!["a: 1"], report([&[], &[], &[], &[]], 1)),
            (vec!["a: 1"], vec!["A: 2"], vec!["A: 2"], report([&["A"], &[], &[], &[]], 0)),
            (vec!["a: 1"], vec!["b: 1"], vec!["b: 1"], report([&["b"], &[], &[], &[]], 0)),
            (vec!["*a: 1"], vec!["a: 2"], vec!["a: 1"], report([&[], &["a"], &[], &[]], 0)),
            (vec!["*a: 1"], vec!["b: 1"], vec!["a: 1"], report([&[], &["a"], &[], &[]], 0)),
            (vec!["a: 1"], vec!["b: 2"], vec!["b: 2"], report([&[], &[], &["b"], &["a"]], 0)),
            (vec!["*a: 1"], vec!["b: 2"], vec!["b: 2"], report([&[], &[], &["b"], &["a"]], 0)),
            (
                vec!["*a: 1", "b: 2", "c: 3"],
                vec!["new: 0", "c: 3", "b: 2b", "a: 1a"],
                vec!["new: 0", "c: 3", "b: 2b", "a: 1"],
                report([&["b"], &["a"], &["new"], &[]], 1),
            ),
        ] {
            let found = after(&before, &new, EditionRule::Whole);
            let lessons: Vec<String> = lessons.into_iter().map(str::to_owned).collect();
            assert_eq!(found, (lessons, wanted), "{before:?} {new:?}");
        }
    }

    #[test]
    fn a_lesson_of_the_shelf_is_the_same_as_one_of_the_edition_only() {
        // Two lessons of one title, of which one is there word for word.
        let (lessons, wanted) = after(&["a: 1"], &["a: 2", "a: 1"], EditionRule::Whole);
        assert_eq!(lessons, ["a: 2", "a: 1"]);
        assert_eq!(wanted, report([&[], &[], &["a"], &[]], 1));
        let (lessons, wanted) =
            after(&["a: 1", "b: 1"], &["b: 1", "c: 1", "d: 1"], EditionRule::Whole);
        assert_eq!(lessons, ["b: 1", "c: 1", "d: 1"]);
        assert_eq!(wanted, report([&["c"], &[], &["d"], &[]], 1));
    }

    #[test]
    fn in_a_union_nothing_leaves_and_each_stays_behind_the_one_before_it() {
        for (before, new, lessons, wanted) in [
            (
                vec!["a: 1", "b: 2", "*c: 3"],
                vec!["new: 9", "b: 2"],
                vec!["a: 1", "new: 9", "b: 2", "c: 3"],
                report([&[], &[], &["new"], &[]], 1),
            ),
            // A story that was written anew is the same lesson.
            (
                vec!["a: one two", "b: three", "c: 1"],
                vec!["a: one two three", "b: four", "d: 2"],
                vec!["a: one two three", "b: four", "c: 1", "d: 2"],
                report([&["a", "b"], &[], &["d"], &[]], 0),
            ),
            (
                vec!["*a: one two"],
                vec!["a: one two three"],
                vec!["a: one two"],
                report([&[], &["a"], &[], &[]], 0),
            ),
        ] {
            let found = after(&before, &new, EditionRule::Union);
            let lessons: Vec<String> = lessons.into_iter().map(str::to_owned).collect();
            assert_eq!(found, (lessons, wanted), "{before:?} {new:?}");
        }
    }

    /// The titles after a new edition of a series whose first lesson the person edited.
    fn after_an_edit(edit: &str, new: &[&str], rule: EditionRule) -> (Vec<String>, EditionReport) {
        let mut shelf = shelf(&["*a: 1", "b: 2"]);
        let edited = series(&[edit]);
        let before = std::mem::replace(&mut shelf[0].text, edited.lessons[0].clone());
        let id = std::mem::replace(&mut shelf[0].id, edited.lesson_ids()[0]);
        shelf[0].earlier = BTreeMap::from([(id, before)]);
        shelf[0].has_own_words = true;
        let series = series(new);
        let edition = edition(&shelf, &series, rule);
        assert_eq!(edition.lessons[0], shelf[0].id, "{edit} {new:?}: the words of the person");
        assert!(!edition.edited.values().any(|before| *before == shelf[0].id));
        let new = series.lesson_ids().into_iter().zip(series.lessons.iter());
        let texts: HashMap<LessonId, &LessonText> =
            new.chain(shelf.iter().map(|lesson| (lesson.id, &lesson.text))).collect();
        (edition.lessons.iter().map(|id| texts[id].title.clone()).collect(), edition.report)
    }

    #[test]
    fn words_that_the_person_edited_stay_whatever_the_edition_says() {
        for rule in [EditionRule::Whole, EditionRule::Union] {
            for edit in ["a: mine", "mine: 1", "mine: mine", "b: mine"] {
                let titles = [edit.split_once(':').expect("a title").0, "b"];
                let (found, done) = after_an_edit(edit, &["a: 1", "b: 2"], rule);
                assert_eq!(
                    (found, done),
                    (titles.map(str::to_owned).to_vec(), { report([&[], &[], &[], &[]], 2) })
                );
                for newer in ["a: newer", "newer: 1"] {
                    let (found, done) = after_an_edit(edit, &[newer, "b: 2"], rule);
                    assert_eq!(found, titles, "{edit} {newer}");
                    assert_eq!(done.own, [titles[0]], "{edit} {newer}");
                    let others = EditionReport { own: Vec::new(), ..done };
                    assert_eq!(others, report([&[], &[], &[], &[]], 1), "{edit} {newer}");
                }
            }
        }
    }
}
