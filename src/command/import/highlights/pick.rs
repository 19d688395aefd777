//! `--pick`: the person chooses which highlights become lessons.

use std::ops::Range;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::highlights::plan::{self, BookPlan, Picked};
use crate::command::import::highlights::spool::SortedSpool;
use crate::format::Counts;
use crate::messages::picker as picker_words;
use crate::page::browser::strokes;
use crate::page::picker::{Picker, Picking};
use crate::platform;
use crate::store::Store;
use crate::terminal::{AskError, Happening};
use crate::text::one_line;

/// A highlight to choose.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number among all that are gathered.
    number: usize,
    book: String,
    title: String,
}

/// The highlights that would become lessons.
pub(super) fn rows(
    plans: &mut [BookPlan],
    spool: &mut SortedSpool,
    store: Option<&Store>,
) -> Result<Vec<Row>> {
    let (mut rows, mut first) = (Vec::new(), 0);
    for plan in plans {
        first =
            plan::plan(plan, spool, store, (first, Picked(None)), &mut Counts::default(), |new| {
                rows.push(Row {
                    number: new.number,
                    book: new.plan.book.title.clone(),
                    title: new.lesson.title.clone(),
                });
            })?;
    }
    Ok(rows)
}

/// Asks which of the highlights to take. Returns for each that was gathered whether it was picked.
/// Errors if there is none, or the person leaves.
pub(super) fn pick(rows: &[Row], context: &mut Context) -> Result<Vec<bool>> {
    let Some(last) = rows.last() else {
        return Err(Error::nothing(picker_words::nothing_to_pick()));
    };
    let picked =
        if context.uses_page() { on_page(rows, context)? } else { in_lines(rows, context)? };
    if !picked.contains(&true) {
        return Err(Error::cancelled(picker_words::left()));
    }
    let mut all = vec![false; last.number + 1];
    rows.iter().zip(picked).for_each(|(row, is_picked)| all[row.number] = is_picked);
    Ok(all)
}

/// Asks on the whole screen. Returns for each row whether it was picked.
fn on_page(rows: &[Row], context: &mut Context) -> Result<Vec<bool>> {
    let page = context.terminal.page();
    let shown = rows.iter().map(|row| (row.title.clone(), row.book.clone()));
    let mut picker = Picker::new(page, shown);
    let mut screen = context.terminal.open_screen()?;
    let end = loop {
        let drawn = screen.draw(|frame| {
            let position = picker.draw(frame.area(), frame.buffer_mut());
            frame.set_cursor_position(position);
        });
        drawn?;
        match screen.wait(None).map_err(AskError::from)? {
            Happening::Typed(inputs) => {
                let strokes = strokes(inputs);
                let mut done = strokes.iter().map(|stroke| picker.press(stroke));
                match done.find(|done| *done != Picking::GoesOn) {
                    Some(Picking::Suspends) => screen.suspend()?,
                    Some(end) => break end,
                    None => {}
                }
            }
            Happening::End(signal) => {
                screen.leave(&mut context.terminal);
                platform::end_by(signal);
                break Picking::Leaves;
            }
            Happening::Suspend => screen.suspend()?,
            Happening::Redraw | Happening::TimeOut => {}
        }
    };
    screen.leave(&mut context.terminal);
    match end {
        Picking::Ends => Ok(picker.picked().collect()),
        _ => Err(Error::cancelled(picker_words::left())),
    }
}

/// The number of rows above a question in plain lines.
const ROWS: usize = 20;

/// Asks in plain lines, some rows at a time. Returns for each row whether it was picked.
fn in_lines(rows: &[Row], context: &mut Context) -> Result<Vec<bool>> {
    let mut picked = vec![false; rows.len()];
    let mut start = 0;
    while start < rows.len() {
        let end = (start + ROWS).min(rows.len());
        for (row, number) in rows[start..end].iter().zip(start + 1..) {
            let line = picker_words::numbered(number, &row.title, &row.book);
            context.terminal.show_aside(&one_line(&line))?;
        }
        let question = picker_words::question(start + 1, end, rows.len());
        let answer = context.terminal.ask_line(&question).map_err(Error::before_any_change)?;
        match Answer::read(&answer, start..end) {
            Some(Answer::These(numbers)) => numbers.into_iter().for_each(|at| picked[at] = true),
            Some(Answer::Rest) => {
                picked[start..].fill(true);
                break;
            }
            Some(Answer::Done) => break,
            None => {
                let said = picker_words::not_understood(answer.trim());
                context.terminal.show_aside(&one_line(&said))?;
                continue;
            }
        }
        start = end;
    }
    Ok(picked)
}

/// An answer in plain lines. Rows are counted from 0.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    These(Vec<usize>),
    Rest,
    Done,
}

impl Answer {
    /// The answer to a question about these rows; `None` if it is none.
    fn read(text: &str, rows: Range<usize>) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "" | "none" => return Some(Self::These(Vec::new())),
            "all" => return Some(Self::These(rows.collect())),
            "rest" => return Some(Self::Rest),
            "done" => return Some(Self::Done),
            _ => {}
        }
        let mut found = Vec::new();
        let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
        for part in parts {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
            let (first, last) = (number(first)?, number(last)?);
            if first > last || !rows.contains(&first) || !rows.contains(&last) {
                return None;
            }
            found.extend(first..=last);
        }
        Some(Self::These(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_names_rows_of_the_list_that_is_shown() {
        let read = |text: &str| Answer::read(text, 20..40);
        assert_eq!(read("21-23, 30"), Some(Answer::These(vec![20, 21, 22, 29])));
        assert_eq!(read(" 40 "), Some(Answer::These(vec![39])));
        assert_eq!(read(""), Some(Answer::These(Vec::new())));
        assert_eq!(read("ALL"), Some(Answer::These((20..40).collect())));
        assert_eq!(read("rest"), Some(Answer::Rest));
        for bad in ["20", "41", "23-21", "0", "-3", "yes", "21-"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
