//! `dwell status`

use std::mem::ManuallyDrop;
use std::time::Duration;

use crate::command::error::Result;
use crate::command::opening::backups_of;
use crate::config::{Config, ConfigError, Environment, Flags};
use crate::journal::Now;
use crate::journal::look_back::status::{DayStatus, Status};
use crate::library::SHIPPED;
use crate::store::{BackupFailure, SealedPaths, Store};
use crate::terminal::Terminal;
use crate::view;

/// Whether today has words, as one sign for a prompt: ● done, ○ not yet
///
/// It changes nothing, waits for nobody and serves no lesson. ◌ is a locked journal. In a prompt, where its
/// output is no terminal, a failure shows in the exit code alone.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Example: dwell status --json")]
pub struct Args {}

/// The settings that a status depends on. A mistake in another one is not told at each prompt.
const SETTINGS: [&str; 4] = ["journal", "day_start", "rest_days", "step_fades"];

pub fn run(
    _: &Args,
    json: bool,
    flags: &Flags,
    environment: &Environment,
    terminal: &mut Terminal,
) -> Result<()> {
    let shown = show(json, flags, environment, terminal);
    // A prompt is no place for a message.
    let is_prompt = !json && !terminal.output_is_terminal();
    shown.map_err(|error| if is_prompt { error.untold() } else { error })
}

fn show(
    json: bool,
    flags: &Flags,
    environment: &Environment,
    terminal: &mut Terminal,
) -> Result<()> {
    let (config, faults) = Config::resolve_what_can_be(flags, environment)?;
    if let Some(fault) = faults.into_iter().find(concerns_status) {
        return Err(fault.into());
    }
    let now = config.clock.now()?;
    let store = Store::open_to_look(&config.journal, SHIPPED, Duration::ZERO)?;
    // Not dropped: to free all that SQLite holds takes long, and the program ends soon.
    let store = store.map(ManuallyDrop::new);
    let shows_signs = terminal.page().utf8 || !terminal.output_is_terminal();
    if store.is_none() && SealedPaths::of(&config.journal).is_locked() {
        let day = now.day;
        let sign = view::unknown_day_status(shows_signs);
        let shown = if json { view::locked_status(day) } else { sign.to_owned() };
        return Ok(terminal.data(shown)?);
    }
    if store.is_none() {
        // The days of a journal that is gone are not days without words.
        backups_of(&config, Some(now.day), &BackupFailure::default()).require_new()?;
    }
    if json {
        let status = whole(store.as_deref(), &config, now)?;
        return Ok(terminal.data(view::status(&status))?);
    }
    let today = store.map_or(Ok(DayStatus::of_empty(now.day)), |store| store.day_status(now))?;
    Ok(terminal.data(view::day_status(today, shows_signs))?)
}

fn whole(store: Option<&Store>, config: &Config, now: Now) -> Result<Status> {
    let Some(store) = store else { return Ok(Status::without_journal(now.day)) };
    Ok(store.status(now, config.rest_weekdays, config.step_fades)?)
}

fn concerns_status(fault: &ConfigError) -> bool {
    match fault {
        ConfigError::BadValue { setting, .. } => SETTINGS.contains(&setting.name),
        _ => true,
    }
}
