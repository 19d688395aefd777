//! The notification itself.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::config;
use crate::journal::{Day, Now, TimeOfDay};
use crate::library::SHIPPED;
use crate::messages::remind as words;
use crate::store::{SealedPaths, Store, StoreError, Unusable, WAIT};

/// Notifies if today has no words yet and is no day of rest. A timer that fires when the machine
/// wakes is that of the day before, if `time` has not come yet.
pub(super) fn notify(time: TimeOfDay, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let clock = &context.config.clock;
    // A scheduler knows the zone of the system only, and not one that the person has set.
    let is_same_zone = clock.zone.is_none();
    if is_same_zone && !time.has_come(now.at.naive_local().time(), clock.day_start) {
        return Ok(());
    }
    if is_sealed_since_the_day_began(now, context)? {
        return Ok(());
    }
    if let Some(store) = store(context)? {
        let today = store.day_status(now)?;
        let rests = store.rests(context.config.rest_weekdays)?;
        if today.is_reflected || rests.contains(today.day) {
            return Ok(());
        }
    }
    let Some(mut notifier) = notifier() else { return Err(Error::usage(words::no_notifier())) };
    let ran = notifier.stdin(Stdio::null()).stdout(Stdio::null()).output();
    let failed = |what: &str| Error::usage(words::not_run(&name(&notifier), what));
    match ran {
        Ok(ran) if ran.status.success() => Ok(()),
        Ok(ran) => Err(failed(String::from_utf8_lossy(&ran.stderr).trim())),
        Err(error) => Err(failed(&error.to_string())),
    }
}

/// Whether the journal is locked and something was saved in it today. More cannot be known without
/// the passphrase.
fn is_sealed_since_the_day_began(now: Now, context: &Context) -> Result<bool> {
    let sealed = fs::metadata(SealedPaths::of(&context.config.journal).sealed);
    let Ok(saved) = sealed.and_then(|file| file.modified()) else { return Ok(false) };
    let clock = &context.config.clock;
    let saved = clock.local_zone()?.of_instant(saved.into());
    let day = Day::lived(saved.naive_local(), clock.day_start);
    Ok(day.is_some_and(|day| day >= now.day))
}

/// Whether a notification can be shown on this machine.
pub(super) fn can_notify() -> bool {
    notifier().is_some()
}

fn store(context: &mut Context) -> Result<Option<Store>> {
    match Store::open_to_look(&context.config.journal, SHIPPED, WAIT) {
        Err(StoreError::Unusable { why: Unusable::NeedsChange, .. }) => context.store_if_any(),
        store => Ok(store?),
    }
}

/// The program that notifies; `None` if there is none.
fn notifier() -> Option<Command> {
    let is_there = |name: &str| {
        let folders = config::search_path().into_iter();
        folders.map(|folder| folder.join(name)).find(|path| path.is_file())
    };
    if let Some(path) = is_there("osascript") {
        let script = format!(
            "display notification \"{}\" with title \"{}\"",
            words::NOTIFICATION,
            words::TITLE
        );
        let mut command = Command::new(path);
        command.args(["-e", &script]);
        return Some(command);
    }
    let mut command = Command::new(is_there("notify-send")?);
    command.args(["--app-name=dwell", words::TITLE, words::NOTIFICATION]);
    if let Some(bus) = config::session_bus() {
        command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    Some(command)
}

fn name(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
