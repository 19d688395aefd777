//! `dwell review`

use clap_complete::ArgValueCandidates;

use crate::command::arguments::Scope;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions, review_keys, review_period};
use crate::journal::look_back::review;
use crate::journal::look_back::review::{Ago, Remembered};
use crate::journal::{Day, DayName, Entry, Now};
use crate::store::Store;
use crate::text::Page;
use crate::view;

/// Look back: a week, months and years ago, open steps, and one older entry
///
/// Where a day itself is empty, an entry of a few days before or after stands for it. The older entry
/// is the one that was not looked at for longest, the same all day. At a terminal they come one at a
/// time. With week, month or year: one screen on that time.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// One screen on the week, the month or the year
    scope: Option<Scope>,
    /// A day in it; today if left out
    #[arg(
        value_name = "DAY",
        requires = "scope",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    of: Option<DayName>,
    /// Look back from this day instead of today
    #[arg(
        long,
        value_name = "DAY",
        conflicts_with = "scope",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    day: Option<DayName>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.existing_store()?;
    if let Some(scope) = args.scope {
        let day = context.day(&store, args.of)?;
        return review_period::show(scope, day, &store, context);
    }
    let day = context.day(&store, args.day)?;
    let shown = gather(day, now, &mut store, context)?;
    if shown.is_empty() {
        return Err(Error::nothing("there is nothing to look back on yet").hint("dwell log"));
    }
    if context.terminal.can_ask() && !context.json {
        return review_keys::show(shown, &mut store, context);
    }
    show_all(&shown, context)
}

/// One thing that a review shows.
pub(super) enum Shown {
    Remembered(Box<Remembered>),
    OpenSteps(Vec<Entry>),
}

/// All that a review from this day shows, in order.
fn gather(day: Day, now: Now, store: &mut Store, context: &Context) -> Result<Vec<Shown>> {
    let first = store.first_written()?.unwrap_or(day);
    let mut remembered = Vec::new();
    let mut days = Vec::new();
    for look in context.config.review_spans.looks(day, first) {
        let Some(found) = find(look, day, &days, store)? else { continue };
        days.push(found);
        let entry = store.entry(found)?;
        remembered.extend(entry.map(|entry| Remembered {
            ago: Ago::Distance(look.span),
            wanted: Some(look.day),
            entry,
        }));
    }
    let mut open = store.open_steps()?;
    open.retain(|entry| entry.day < day && !days.contains(&entry.day));
    let older = older(day, now, &days, store)?.map(|entry| Remembered {
        ago: Ago::Older,
        wanted: None,
        entry,
    });
    let mut shown: Vec<Shown> =
        remembered.into_iter().map(|one| Shown::Remembered(Box::new(one))).collect();
    if !open.is_empty() {
        shown.push(Shown::OpenSteps(open));
    }
    shown.extend(older.map(|one| Shown::Remembered(Box::new(one))));
    Ok(shown)
}

/// The day with words that a look back finds: the day itself, or the nearest one.
fn find(look: review::LookBack, from: Day, shown: &[Day], store: &Store) -> Result<Option<Day>> {
    let margin = if look.or_near { review::MARGIN } else { 0 };
    let first = look.day.minus_days(margin).unwrap_or(look.day);
    let last = look.day.plus_days(margin).unwrap_or(look.day);
    let mut days = store.written_between(first, last)?;
    days.retain(|day| *day < from && !shown.contains(day));
    Ok(review::nearest(look.day, &days))
}

/// The entry not looked at for longest; from now on it counts as looked at today.
fn older(day: Day, now: Now, shown: &[Day], store: &mut Store) -> Result<Option<Entry>> {
    // What was written in the last week is fresh.
    let Some(before) = day.minus_days(7) else { return Ok(None) };
    let picked = if day == store.today(now)? {
        // A journal that cannot be written can still be read; the next day then picks the same.
        let picked = store.pick_unseen(now, day, before, shown);
        picked.or_else(|_| store.longest_unseen(day, before, shown))?
    } else {
        store.longest_unseen(day, before, shown)?
    };
    // It may have been picked before, when the review went back to other days.
    match picked.filter(|picked| !shown.contains(picked)) {
        Some(picked) => Ok(store.entry(picked)?),
        None => Ok(None),
    }
}

fn show_all(shown: &[Shown], context: &mut Context) -> Result<()> {
    context.page_long_output();
    let page = context.terminal.page();
    let texts: Vec<String> = if context.json {
        shown.iter().map(Shown::json).collect()
    } else {
        shown.iter().map(|one| one.text(page)).collect()
    };
    Ok(context.terminal.data(texts.join(if context.json { "" } else { "\n" }))?)
}

impl Shown {
    pub(super) fn text(&self, page: Page) -> String {
        match self {
            Self::Remembered(one) => view::remembered(one, page),
            Self::OpenSteps(open) => view::still_open(open, page),
        }
    }

    fn json(&self) -> String {
        let line = view::json::remembered;
        match self {
            Self::Remembered(one) => line(one.ago, &one.entry),
            Self::OpenSteps(open) => open.iter().map(|one| line(Ago::OpenStep, one)).collect(),
        }
    }
}
