//! The greeting at the start of a shell: today's lesson, shown by the one process that serves it.
//!
//! It never fails and says nothing but the greeting: a shell starts as if it were not there. On a day
//! whose lesson was served, it reads one row and ends.

use std::fs;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::command::error::Result;
use crate::command::{Context, output};
use crate::config::{Config, Environment, Flags};
use crate::journal::Now;
use crate::library::SHIPPED;
use crate::platform;
use crate::store::{Privacy, SealedPaths, Store, StoreError, Unusable};

/// How long a shell waits at its start for a lock of another program.
const WAIT: Duration = Duration::from_millis(20);

/// A larger journal of an earlier release is not brought up to date while a shell waits, but by the
/// next command.
const LARGEST_UPGRADED: u64 = 8 << 20;

/// Shows today's lesson if it was not served yet.
pub fn greet(environment: &Environment) {
    // Whatever fails is told by the next command that the person types.
    let _ = try_to_greet(environment);
}

/// Whether the lesson of today was served, as far as is known without waiting.
pub fn is_done(environment: &Environment) -> bool {
    let is_done = || -> Result<bool> {
        let (config, _) = Config::resolve_what_can_be(&Flags::default(), environment)?;
        let now = config.clock.now()?;
        let store = Store::open_to_look(&config.journal, SHIPPED, Duration::ZERO)?;
        let store = store.map(ManuallyDrop::new);
        Ok(store.map(|store| store.day_status(now)).transpose()?.is_some_and(|day| day.is_served))
    };
    is_done().unwrap_or(false)
}

fn try_to_greet(environment: &Environment) -> Result<()> {
    let started = Instant::now();
    let (mut config, faults) = Config::resolve_what_can_be(&Flags::default(), environment)?;
    let now = config.clock.now()?;
    if !faults.is_empty() || !is_open(&config.journal, now)? {
        return Ok(());
    }
    config.terminal.quiet = true;
    let mut context = Context::new(config, false, None);
    // Not served where nobody sees it.
    if !context.terminal.output_is_terminal() || context.terminal.is_dumb() {
        return Ok(());
    }
    let mut store =
        ManuallyDrop::new(context.open_store_within(WAIT.saturating_sub(started.elapsed()))?);
    let served = store.serve(now, context.config.order)?;
    if !served.is_new {
        return Ok(());
    }
    output::show_today(&mut context, &store, &served.entry, None)?;
    output::show_begun(&mut context, &store)?;
    context.terminal.flush()?;
    // A day without words concerns no file of the mirror, whose folder may be far away.
    if served.entry.reflection.is_some() {
        context.renew_mirror();
    }
    Ok(())
}

/// Whether the lesson of today may be served: it was not yet, and the journal is the person's own.
fn is_open(journal: &Path, now: Now) -> Result<bool> {
    // Not dropped: to free all that SQLite holds takes long, and most shells end here.
    let store =
        Store::open_to_look(journal, SHIPPED, WAIT).map(|store| store.map(ManuallyDrop::new));
    let status = match store {
        Ok(Some(store)) if store.privacy() != Privacy::Private => return Ok(false),
        Ok(Some(store)) => store.day_status(now),
        Ok(None) => return Ok(may_begin(journal)),
        Err(error) => Err(error),
    };
    match status {
        Ok(status) => Ok(!status.is_served),
        Err(StoreError::Unusable { why: Unusable::NeedsChange, .. }) => {
            let small = |file: fs::Metadata| file.len() <= LARGEST_UPGRADED;
            Ok(fs::metadata(journal).is_ok_and(small))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a journal may be begun here: not beside a locked one, and not in the home of another person, as the superuser who has
/// kept the variables of somebody.
fn may_begin(journal: &Path) -> bool {
    if SealedPaths::of(journal).is_locked() {
        return false;
    }
    let folder = journal.ancestors().skip(1).find_map(|folder| fs::metadata(folder).ok());
    folder.is_some_and(|folder| platform::is_own(&folder))
}
