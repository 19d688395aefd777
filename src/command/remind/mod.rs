//! `dwell remind`: has the system run dwell once a day, which notifies if the day has no words yet.
//!
//! Of what a system has, one is used: launchd, systemd's user manager, or cron. What is set up there
//! names this program by its whole path and has all that it needs, because it runs without the
//! environment of a shell.

mod cron;
mod job;
mod launchd;
mod notify;
mod own_file;
mod program;
mod scheduler;
mod systemd;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::journal::TimeOfDay;
use crate::messages::remind as words;
use crate::view::{ReminderRow, View};

use job::Job;
use scheduler::{Scheduler, SetUp};

/// A notification once a day, if the day has no words by then; alone, what is set up
///
/// The system runs it: a user timer of systemd, an agent of launchd, or a line of cron,
/// whichever is there. It shows nothing of your journal, and is silent on days of rest.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell remind 20:30")]
pub struct Args {
    /// When, by the 24-hour clock; another time replaces the one before
    #[arg(value_name = "HH:MM")]
    time: Option<TimeOfDay>,
    /// Take the reminder away, and all that was set up for it
    #[arg(long, conflicts_with_all = ["time", "notify"])]
    off: bool,
    /// Notify now if the day has no words; what the system runs
    #[arg(long, hide = true, requires = "time")]
    notify: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    match args.time {
        Some(time) if args.notify => notify::notify(time, context),
        Some(time) => set(time, context),
        None if args.off => take_away(context),
        None => show(context),
    }
}

fn show(context: &mut Context) -> Result<()> {
    let found = found(context);
    if found.is_empty() {
        return Err(Error::nothing(words::none()));
    }
    context.show(View::Reminders(&rows(&found)))
}

fn set(time: TimeOfDay, context: &mut Context) -> Result<()> {
    let job = Job::new(time, context)?;
    let scheduler = Scheduler::ALL.into_iter().find(|one| one.is_there());
    let Some(scheduler) = scheduler else {
        return Err(Error::usage(words::no_scheduler(&job.as_typed())));
    };
    let mut changes = scheduler.set(&job, context)?;
    // Two would notify twice.
    for other in found(context).into_iter().filter(|found| found.scheduler != scheduler) {
        changes.extend(other.scheduler.remove(context)?);
    }
    context.terminal.say(&words::set(time))?;
    changes.iter().try_for_each(|change| context.terminal.say(&words::change(change)))?;
    if !notify::can_notify() {
        context.terminal.say(words::CANNOT_NOTIFY)?;
        context.hint(words::INSTALL_NOTIFIER)?;
    }
    let found = found(context);
    context.show_to_script(View::Reminders(&rows(&found)))
}

fn take_away(context: &mut Context) -> Result<()> {
    let found = found(context);
    if found.is_empty() {
        return Err(Error::nothing(words::none()));
    }
    let mut changes = Vec::new();
    for one in found {
        changes.extend(one.scheduler.remove(context)?);
    }
    context.terminal.say(words::TAKEN_AWAY)?;
    changes.iter().try_for_each(|change| context.terminal.say(&words::change(change)))?;
    Ok(())
}

/// What is set up, with every scheduler.
fn found(context: &Context) -> Vec<SetUp> {
    Scheduler::ALL.into_iter().filter_map(|scheduler| scheduler.find(context)).collect()
}

fn rows(found: &[SetUp]) -> Vec<ReminderRow<'_>> {
    let rows = found.iter().map(|one| {
        let SetUp { scheduler, time, place } = one;
        ReminderRow { time: *time, by: scheduler.name(), place }
    });
    rows.collect()
}
