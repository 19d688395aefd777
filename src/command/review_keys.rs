//! `dwell review` at a terminal: one item at a time, with keys to go forward and back, to add an
//! afterthought, to love the lesson, and to stop.

use crate::command::error::{Error, Result};
use crate::command::{Context, afterthought};
use crate::journal::Entry;
use crate::journal::look_back::review::ReviewItem;
use crate::messages::{entries, ritual};
use crate::store::Store;
use crate::terminal::KeyChoice;
use crate::terminal::input::Key;
use crate::view::View;

/// What a key does.
#[derive(Debug, Clone, Copy)]
enum Action {
    Next,
    Back,
    Afterthought,
    Love,
    Stop,
}

/// Shows one item after the other and does what each key means. Errors if the person presses
/// Ctrl-C.
pub(super) fn show(
    mut items: Vec<ReviewItem>,
    store: &mut Store,
    context: &mut Context,
) -> Result<()> {
    let mut at = 0;
    let mut needs_showing = true;
    while at < items.len() {
        if needs_showing {
            context.terminal.data("\n")?;
            context.show(View::ReviewItem(&items[at]))?;
            context.terminal.data("\n")?;
        }
        let is_first = at == 0;
        let entry = match &mut items[at] {
            ReviewItem::Entry(one) => Some(&mut one.entry),
            ReviewItem::OpenSteps(_) => None,
        };
        let action = context.terminal.ask_key(&keys(entry.as_deref(), is_first))?;
        needs_showing = true;
        match (action, entry) {
            (Action::Back, _) => at -= 1,
            (Action::Stop, _) => break,
            (Action::Afterthought, Some(entry)) => {
                add_afterthought(entry, store, context)?;
                needs_showing = false;
            }
            (Action::Love, Some(entry)) => {
                love(entry, store, context)?;
                needs_showing = false;
            }
            (Action::Next | Action::Afterthought | Action::Love, _) => at += 1,
        }
    }
    Ok(())
}

/// The keys that do something while this entry, or the list of open steps, is shown.
fn keys(entry: Option<&Entry>, is_first: bool) -> Vec<KeyChoice<Action>> {
    let mut keys = vec![KeyChoice::usual(ritual::NEXT, Action::Next)];
    if !is_first {
        keys.push(KeyChoice::new('b', ritual::BACK, Action::Back).or(&[Key::Left, Key::Up]));
    }
    if entry.is_some() {
        keys.push(KeyChoice::new('a', ritual::AFTERTHOUGHT, Action::Afterthought));
    }
    if let Some(lesson) = entry.and_then(|entry| entry.lesson.as_ref()) {
        keys.push(KeyChoice::new('l', ritual::love(lesson.loved), Action::Love));
    }
    keys.push(KeyChoice::leave('q', ritual::STOP, Action::Stop));
    keys
}

fn add_afterthought(entry: &mut Entry, store: &mut Store, context: &mut Context) -> Result<()> {
    let day = entry.day;
    let Some(text) = afterthought::ask(context, day)? else { return Ok(()) };
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
