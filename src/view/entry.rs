//! An entry, whole and as one of many, the earlier ones on the same lesson, and its revisions.

use crate::journal::entry::reflection::{Revision, RevisionState, word_count};
use crate::journal::{Day, Entry, Event, Fact, Lesson, Moment, Reflection, Step, StepState};
use crate::text::Page;
use crate::view::changes::put_changes;
use crate::view::sheet::{PLAIN, QUIET, SPOKEN, STRONG, Sheet};
use crate::view::stats::grouped;

/// A day's entry, whole: the lesson, then what the person made of it.
pub fn entry(entry: &Entry, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.line(QUIET, &entry.day.in_words());
    if let Some(lesson) = &entry.lesson {
        sheet.blank();
        put_lesson(&mut sheet, lesson);
    }
    if let Some(reflection) = &entry.reflection {
        sheet.blank();
        sheet.line(QUIET, &heading(entry.day, reflection));
        sheet.prose(PLAIN, &reflection.text);
    }
    if let Some(step) = &entry.step {
        sheet.blank();
        put_step(&mut sheet, step);
    }
    for afterthought in &entry.afterthoughts {
        sheet.blank();
        sheet.line(QUIET, &format!("Afterthought ({})", clock(afterthought.written_at)));
        sheet.prose(PLAIN, &afterthought.text);
    }
    sheet.into_text()
}

/// What a day's lesson asks, with the day and the title.
pub fn question(entry: &Entry, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.line(QUIET, &entry.day.in_words());
    if let Some(lesson) = &entry.lesson {
        sheet.line(STRONG, &lesson.text.title);
        sheet.prose(SPOKEN, &lesson.text.question);
    }
    sheet.into_text()
}

/// An entry as one of many: the day, the lesson's title, and the words.
pub fn log_entry(entry: &Entry, page: Page) -> String {
    let mut sheet = Sheet::new(page);
    let title = entry.lesson.as_ref().map(|lesson| lesson.text.title.as_str());
    let day = entry.day.date().format("%Y-%m-%d %a");
    match title {
        Some(title) => sheet.line(STRONG, &format!("{day}  {title}")),
        None => sheet.line(STRONG, &day.to_string()),
    }
    if entry.reflection.is_none() {
        sheet.line(QUIET, "nothing written");
    }
    put_words(&mut sheet, entry);
    sheet.into_text()
}

/// What was written on the same lesson before, each with its day. Empty if there is nothing.
pub fn earlier(entries: &[Entry], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    for entry in entries {
        sheet.blank();
        sheet.line(QUIET, &format!("What you wrote on {}", entry.day.in_words()));
        put_words(&mut sheet, entry);
    }
    sheet.into_text()
}

/// Every saved state of a day's reflection, oldest first, each with what changed.
pub fn revisions(day: Day, revisions: &[Revision], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.line(QUIET, &day.in_words());
    for (revision, number) in revisions.iter().zip(1..) {
        let fate = match revision.fate {
            RevisionState::Current => "as it stands",
            RevisionState::Revised => "revised later",
            RevisionState::Deleted => "deleted later",
            RevisionState::Undone => "taken back",
        };
        let at = clock(revision.written_at);
        let words = count(word_count(&revision.text), "word");
        sheet.blank();
        sheet.line(QUIET, &format!("{number}. {at}, {words}, {fate}"));
        sheet.prose(PLAIN, &revision.text);
        put_changes(&mut sheet, revision, page);
    }
    sheet.into_text()
}

/// All that was ever written on a day, each thing with when it was.
pub fn all_written(day: Day, facts: &[Fact], page: Page) -> String {
    let mut sheet = Sheet::new(page);
    sheet.line(QUIET, &day.in_words());
    for fact in facts {
        let Some(text) = fact.event.text() else { continue };
        let what = match fact.event {
            Event::Stepped { .. } => "next step",
            Event::AddedAfterthought { .. } => "afterthought",
            _ => "reflection",
        };
        sheet.blank();
        sheet.line(QUIET, &format!("{what} ({})", clock(fact.at)));
        sheet.prose(PLAIN, text);
    }
    sheet.into_text()
}

pub(super) fn put_lesson(sheet: &mut Sheet, lesson: &Lesson) {
    let (source, text) = (&lesson.source, &lesson.text);
    sheet.line(STRONG, &text.title);
    sheet.line(QUIET, &format!("{}, {} of {}", source.title, lesson.number, lesson.series_length));
    sheet.blank();
    sheet.prose(PLAIN, &text.story);
    sheet.blank();
    sheet.prose(PLAIN, &text.takeaway);
    sheet.blank();
    sheet.prose(SPOKEN, &text.question);
}

/// What the person made of a day: their words, the step, the afterthoughts.
pub(super) fn put_words(sheet: &mut Sheet, entry: &Entry) {
    if let Some(reflection) = &entry.reflection {
        sheet.prose(PLAIN, &reflection.text);
    }
    if let Some(step) = &entry.step {
        put_step(sheet, step);
    }
    for afterthought in &entry.afterthoughts {
        let day = afterthought.written_at.format("%Y-%m-%d");
        sheet.prose(PLAIN, &format!("Afterthought ({day}): {}", afterthought.text));
    }
}

fn put_step(sheet: &mut Sheet, step: &Step) {
    let state = match (step.state, step.closed_on) {
        (StepState::Open, _) | (_, None) => step.state.to_string(),
        (state, Some(day)) => format!("{state} on {day}"),
    };
    sheet.line(PLAIN, &format!("Next step ({state}): {}", step.text));
}

fn heading(day: Day, reflection: &Reflection) -> String {
    let mut heading = count(word_count(&reflection.text), "word");
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

/// The date and time that the person's clock showed.
fn clock(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// A number with its noun, which takes an s where there is not one: `1 word`, `18,240 words`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(number as u64)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_with_its_noun_and_commas() {
        for (number, wanted) in [
            (0, "0 words"),
            (1, "1 word"),
            (999, "999 words"),
            (1000, "1,000 words"),
            (18_240, "18,240 words"),
            (1_000_000, "1,000,000 words"),
        ] {
            assert_eq!(count(number, "word"), wanted);
        }
    }
}
