//! `dwell review` at a terminal: one thing at a time, with keys to go on and back, to add an
//! afterthought, to love the lesson, and to stop.

use crate::command::error::{Error, Result};
use crate::command::{Context, afterthought};
use crate::journal::look_back::review::ReviewItem;
use crate::journal::{DayName, Entry};
use crate::messages::{entries, ritual};
use crate::store::Store;
use crate::terminal::{Key, KeyChoice};
use crate::view::View;

/// What a key asks for.
#[derive(Debug, Clone, Copy)]
enum Wish {
    On,
    Back,
    Afterthought,
    Love,
    Stop,
}

/// Shows one thing after the other and does what each key asks for.
pub(super) fn show(
    mut items: Vec<ReviewItem>,
    store: &mut Store,
    context: &mut Context,
) -> Result<()> {
    let mut at = 0;
    let mut is_new = true;
    while at < items.len() {
        if is_new {
            context.terminal.data("\n")?;
            context.show(View::ReviewItem(&items[at]))?;
            context.terminal.data("\n")?;
        }
        let is_first = at == 0;
        let entry = match &mut items[at] {
            ReviewItem::Remembered(one) => Some(&mut one.entry),
            ReviewItem::OpenSteps(_) => None,
        };
        let wish = context.terminal.ask_key(&keys(entry.as_deref(), is_first))?;
        is_new = true;
        match (wish, entry) {
            (Wish::Back, _) => at -= 1,
            (Wish::Stop, _) => break,
            (Wish::Afterthought, Some(entry)) => {
                add_afterthought(entry, store, context)?;
                is_new = false;
            }
            (Wish::Love, Some(entry)) => {
                love(entry, store, context)?;
                is_new = false;
            }
            (Wish::On | Wish::Afterthought | Wish::Love, _) => at += 1,
        }
    }
    Ok(())
}

/// The keys that do something where this is shown.
fn keys(entry: Option<&Entry>, is_first: bool) -> Vec<KeyChoice<Wish>> {
    let mut keys = vec![KeyChoice::usual(ritual::NEXT, Wish::On)];
    if !is_first {
        keys.push(KeyChoice::new('b', ritual::BACK, Wish::Back).or(&[Key::Left, Key::Up]));
    }
    if entry.is_some() {
        keys.push(KeyChoice::new('a', ritual::AFTERTHOUGHT, Wish::Afterthought));
    }
    if let Some(lesson) = entry.and_then(|entry| entry.lesson.as_ref()) {
        keys.push(KeyChoice::new('l', ritual::love(lesson.loved), Wish::Love));
    }
    keys.push(KeyChoice::leave('q', ritual::STOP, Wish::Stop));
    keys
}

fn add_afterthought(entry: &mut Entry, store: &mut Store, context: &mut Context) -> Result<()> {
    let day = entry.day;
    let Some(text) = afterthought::ask(context, DayName::On(day))? else { return Ok(()) };
    *entry = afterthought::save(context, store, day, &text)?;
    Ok(())
}

fn love(entry: &mut Entry, store: &mut Store, context: &mut Context) -> Result<()> {
    let Some(lesson) = &entry.lesson else { return Ok(()) };
    let now = context.now_to_save()?;
    store.love(now, lesson.id, !lesson.loved)?;
    context.terminal.say(&ritual::loved(!lesson.loved, &lesson.text.title))?;
    let gone = || Error::nothing(entries::gone(entry.day));
    *entry = store.entry(entry.day)?.ok_or_else(gone)?;
    Ok(())
}
