//! `dwell review`

use clap_complete::ArgValueCandidates;

use crate::command::arguments::Scope;
use crate::command::error::{Error, Result};
use crate::command::{Context, completions, review_keys, review_period};
use crate::journal::look_back::review;
use crate::journal::look_back::review::{ReviewEntry, ReviewItem};
use crate::journal::{Day, DayName, Entry, Now, TimeName};
use crate::messages;
use crate::store::Store;
use crate::view::View;

/// Look back: a week, months and years ago, open steps, and one older entry
///
/// If a day is empty, an entry of a few days before or after it is shown instead. The older entry
/// is the one that you have not seen for the longest time. At a terminal they come one at a time.
/// With week, month or year: one screen on that time.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell review week -7d")]
pub struct Args {
    /// One screen on the week, the month or the year
    scope: Option<Scope>,
    /// Which one, by a time in it; the present one if left out
    #[arg(
        value_name = "TIME",
        requires = "scope",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::times)
    )]
    of: Option<TimeName>,
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
        let today = store.today(now)?;
        let period = review_period::period(scope, args.of, today, context)?;
        return review_period::show(period, &store, context);
    }
    let day = context.day(&store, args.day)?;
    let items = items(day, now, &mut store, context)?;
    if items.is_empty() {
        return Err(Error::nothing(messages::entries::nothing_to_look_back_on()));
    }
    if context.can_converse() {
        return review_keys::show(items, &mut store, context);
    }
    show_all(&items, context)
}

/// Everything that a review from this day shows, in order.
fn items(day: Day, now: Now, store: &mut Store, context: &mut Context) -> Result<Vec<ReviewItem>> {
    let first = store.first_written()?.unwrap_or(day);
    let mut found = Vec::new();
    let mut days = Vec::new();
    let looks = context.config.review_spans.looks(day, first);
    for look in looks {
        let (first, last) = look.reach();
        let written = store.shown_between(first, last)?;
        let Some(chosen) = look.choose(&written, day, &days) else { continue };
        days.push(chosen);
        found.extend(context.entry(store, chosen)?.map(|entry| ReviewEntry::found(look, entry)));
    }
    let mut open = store.open_steps()?;
    open.retain(|entry| !entry.quiet && !context.config.step_fades.has_faded(entry.day, day));
    let older = older(day, now, &days, store, context)?;
    Ok(review::items(day, found, open, older))
}

/// The older entry that was not seen for the longest time. In a review from today it counts as seen
/// now.
fn older(
    day: Day,
    now: Now,
    shown: &[Day],
    store: &mut Store,
    context: &mut Context,
) -> Result<Option<Entry>> {
    let Some(before) = review::older_before(day) else { return Ok(None) };
    let picked = if day == store.today(now)? {
        // A read-only journal can still be reviewed; the same entry is then picked again tomorrow.
        let picked = store.pick_unseen(now, day, before, shown);
        picked.or_else(|_| store.longest_unseen(day, before, shown))?
    } else {
        store.longest_unseen(day, before, shown)?
    };
    // An entry that was picked earlier today may also be one of the others: the review shows it
    // once.
    match picked {
        Some(picked) => context.entry(store, picked),
        None => Ok(None),
    }
}

fn show_all(items: &[ReviewItem], context: &mut Context) -> Result<()> {
    context.page_long_output();
    let mut listing = context.listing();
    items.iter().try_for_each(|item| listing.show(View::ReviewItem(item)))
}
