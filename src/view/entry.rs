//! An entry, whole and as one of many, the earlier ones on the same lesson, and its revisions.

use crate::journal::entry::reflection::{Revision, RevisionState, word_count};
use crate::journal::entry::step::OpenStep;
use crate::journal::entry::takeaway::Takeaway;
use crate::journal::{Day, DayStart, Entry, Event, Lesson, Moment, Reflection, Step, StepState};
use crate::messages::{numbers, steps, time};
use crate::store::WrittenFact;
use crate::text::{Page, Role, Sheet, Text, WIDEST};
use crate::view::changes::put_changes;

/// Stands in the place of a takeaway that waits for the person's words.
const TAKEAWAY_WAITS: &str = "The takeaway comes after your words, or with dwell show.";

/// In the place of the words of a day that has none.
pub const NOTHING_WRITTEN: &str = "nothing written";

/// A day's entry, whole: the lesson, then what the person wrote.
pub fn entry(entry: &Entry, page: Page) -> Text {
    below_heading(entry, &time::day(entry.day), Takeaway::BeforeWriting, page)
}

fn below_heading(entry: &Entry, heading_line: &str, takeaway: Takeaway, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, heading_line);
    if let Some(lesson) = &entry.lesson {
        sheet.blank();
        if takeaway.is_shown(entry) {
            put_lesson(&mut sheet, lesson);
        } else {
            put_story(&mut sheet, lesson);
            sheet.blank();
            sheet.line(Role::Quiet, TAKEAWAY_WAITS);
            put_question_below(&mut sheet, lesson);
        }
    }
    put_all_written(&mut sheet, entry);
    if entry.quiet {
        sheet.blank();
        sheet.line(Role::Quiet, "Quiet: this entry comes back only if you ask for it.");
    }
    sheet.into_text()
}

/// Adds what the person wrote on a day, each part below an empty line and with its time.
pub(super) fn put_all_written(sheet: &mut Sheet, entry: &Entry) {
    if let Some(reflection) = &entry.reflection {
        sheet.blank();
        sheet.line(Role::Quiet, &heading(entry.day, reflection));
        sheet.prose(Role::Plain, &reflection.text);
    }
    if let Some(step) = &entry.step {
        sheet.blank();
        put_step(sheet, step);
    }
    for afterthought in &entry.afterthoughts {
        sheet.blank();
        sheet.line(Role::Quiet, &format!("Afterthought ({})", clock(afterthought.written_at)));
        sheet.prose(Role::Plain, &afterthought.text);
    }
}

/// Today's entry, below the steps of earlier days that are still open. After midnight `until` is
/// when the day ends.
pub fn today(
    steps: &[OpenStep],
    entry: &Entry,
    until: Option<DayStart>,
    takeaway: Takeaway,
    page: Page,
) -> Text {
    let mut sheet = Sheet::new(page);
    for step in steps {
        sheet.prose(Role::Plain, &steps::ask_after(step, entry.day));
    }
    if !steps.is_empty() {
        sheet.blank();
    }
    let mut text = sheet.into_text();
    let heading = until.map_or_else(|| time::day(entry.day), |end| time::day_until(entry.day, end));
    text.append(below_heading(entry, &heading, takeaway, page));
    text
}

/// The question of a day's lesson, with the day and the title.
pub fn question(entry: &Entry, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, &time::day(entry.day));
    if let Some(lesson) = &entry.lesson {
        sheet.line(Role::Heading, &lesson.text.title);
        sheet.prose(Role::Question, &lesson.text.question);
    }
    sheet.into_text()
}

/// The takeaway of an entry's lesson, which follows the words. Empty if there is no lesson.
pub fn takeaway(entry: &Entry, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    if let Some(lesson) = &entry.lesson {
        put_takeaway(&mut sheet, lesson);
    }
    sheet.into_text()
}

/// What stands in an editor below the words: the question, and the lesson that asks it.
pub fn below_the_words(entry: &Entry, takeaway: Takeaway) -> Text {
    let mut sheet = Sheet::new(Page { width: Some(WIDEST), utf8: true, ..Page::UNSET });
    if let Some(lesson) = &entry.lesson {
        sheet.blank();
        sheet.prose(Role::Question, &lesson.text.question);
        sheet.blank();
        put_story(&mut sheet, lesson);
        if takeaway.is_shown(entry) {
            put_takeaway(&mut sheet, lesson);
        }
    }
    sheet.into_text()
}

/// An entry as one of many: the day, the lesson's title and question, and the words.
pub fn log_entry(entry: &Entry, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    let title = entry.lesson.as_ref().map(|lesson| lesson.text.title.as_str());
    let day = time::day_with_weekday(entry.day);
    match title {
        Some(title) => sheet.line(Role::Heading, &format!("{day}  {title}")),
        None => sheet.line(Role::Heading, &day),
    }
    match &entry.reflection {
        Some(_) => put_question(&mut sheet, entry),
        None => sheet.line(Role::Quiet, NOTHING_WRITTEN),
    }
    put_words(&mut sheet, entry);
    sheet.into_text()
}

/// What was written on the same lesson before, each with its day. Empty if there is nothing.
pub fn earlier(entries: &[Entry], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for entry in entries {
        sheet.blank();
        sheet.line(Role::Quiet, &format!("What you wrote on {}", time::day(entry.day)));
        put_words(&mut sheet, entry);
    }
    sheet.into_text()
}

/// The revisions of a day's reflection, oldest first, each with what changed.
pub fn revisions(day: Day, revisions: &[Revision], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, &time::day(day));
    for (revision, number) in revisions.iter().zip(1..) {
        let state = match revision.state {
            RevisionState::Current => "as it stands",
            RevisionState::Revised => "revised later",
            RevisionState::Deleted => "deleted later",
            RevisionState::Undone => "undone",
        };
        let at = clock(revision.written_at);
        let words = numbers::words(word_count(&revision.text));
        sheet.blank();
        sheet.line(Role::Quiet, &format!("{number}. {at}, {words}, {state}"));
        sheet.prose(Role::Plain, &revision.text);
        put_changes(&mut sheet, revision, page);
    }
    sheet.into_text()
}

/// Everything that was ever written on a day, each text with its time.
pub fn all_written(day: Day, facts: &[WrittenFact], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, &time::day(day));
    for fact in facts {
        let fact = match fact {
            WrittenFact::Whole(fact) => fact,
            WrittenFact::Damaged { body, .. } => {
                sheet.blank();
                sheet.line(Role::Quiet, "damaged; as it stands in the file");
                sheet.prose(Role::Plain, body);
                continue;
            }
        };
        let Some(text) = fact.event.text() else { continue };
        let what = match fact.event {
            Event::Stepped { .. } => "next step",
            Event::Answered { .. } => "what came of the step",
            Event::AddedAfterthought { .. } => "afterthought",
            _ => "reflection",
        };
        sheet.blank();
        let when = match &fact.event {
            Event::Stepped { when, .. } => when.as_deref(),
            _ => None,
        };
        sheet.line(Role::Quiet, &format!("{what} ({})", clock(fact.at)));
        sheet.prose(Role::Plain, &steps::with_when(text, when));
    }
    sheet.into_text()
}

pub(super) fn put_lesson(sheet: &mut Sheet, lesson: &Lesson) {
    put_story(sheet, lesson);
    put_takeaway(sheet, lesson);
    put_question_below(sheet, lesson);
}

/// Adds the takeaway below an empty line; nothing if the lesson has none.
pub(super) fn put_takeaway(sheet: &mut Sheet, lesson: &Lesson) {
    if !lesson.text.takeaway.is_empty() {
        sheet.blank();
        sheet.prose(Role::Plain, &lesson.text.takeaway);
    }
}

fn put_question_below(sheet: &mut Sheet, lesson: &Lesson) {
    sheet.blank();
    sheet.prose(Role::Question, &lesson.text.question);
}

/// Adds a lesson without its takeaway and its question.
fn put_story(sheet: &mut Sheet, lesson: &Lesson) {
    let text = &lesson.text;
    sheet.line(Role::Heading, &text.title);
    sheet.line(Role::Quiet, &source(lesson));
    sheet.blank();
    sheet.prose(Role::Plain, &text.story);
}

/// Where a lesson was learnt, with its place in the series.
pub fn source(lesson: &Lesson) -> String {
    format!("{}, {} of {}", lesson.source.title, lesson.number, lesson.series_length)
}

/// An entry without the story of its lesson: what was asked, and what the person wrote.
pub fn written(entry: &Entry, page: Page) -> Text {
    let mut text = question(entry, page);
    let mut sheet = Sheet::new(page);
    put_all_written(&mut sheet, entry);
    text.append(sheet.into_text());
    text
}

/// Adds the question that drew the words of an entry.
pub(super) fn put_question(sheet: &mut Sheet, entry: &Entry) {
    if let Some(lesson) = &entry.lesson {
        sheet.prose(Role::Quiet, &lesson.text.question);
    }
}

/// Adds what the person wrote on a day: the reflection, the step, the afterthoughts.
pub(super) fn put_words(sheet: &mut Sheet, entry: &Entry) {
    if let Some(reflection) = &entry.reflection {
        sheet.prose(Role::Plain, &reflection.text);
    }
    if let Some(step) = &entry.step {
        put_step(sheet, step);
    }
    for afterthought in &entry.afterthoughts {
        let day = afterthought.written_at.format("%Y-%m-%d");
        sheet.prose(Role::Plain, &format!("Afterthought ({day}): {}", afterthought.text));
    }
}

fn put_step(sheet: &mut Sheet, step: &Step) {
    let state = match (step.state, step.closed_on) {
        (StepState::Open, _) | (_, None) => steps::state(step.state).to_owned(),
        (state, Some(day)) => format!("{} on {day}", steps::state(state)),
    };
    let step_with_when = steps::with_when(&step.text, step.when.as_deref());
    sheet.prose(Role::Plain, &format!("Next step ({state}): {step_with_when}"));
    if let Some(outcome) = &step.outcome {
        sheet.prose(Role::Plain, &format!("What came of it: {outcome}"));
    }
}

fn heading(day: Day, reflection: &Reflection) -> String {
    let mut heading = numbers::words(reflection.words);
    if reflection.late {
        heading.push_str(&format!(", written {}", clock(reflection.written_at)));
    }
    if reflection.revisions > 1 {
        let at = reflection.revised_at;
        let same_day = at.naive_local().date() == day.date();
        let at = if same_day { at.format("%H:%M").to_string() } else { clock(at) };
        heading.push_str(&format!(", last saved {at}"));
    }
    format!("You wrote ({heading})")
}

/// The date and time on the person's clock.
fn clock(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}
