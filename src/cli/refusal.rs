//! What happens to words that come with a command which cannot run.

use std::ffi::OsString;

use clap::CommandFactory;

use crate::cli::{Cli, failure, refused_words};
use crate::command::error::Error;
use crate::command::key::sealing_without_key;
use crate::command::unsaved;
use crate::command::words::Words;
use crate::config::{Environment, Flags, Places};
use crate::drafts::{Drafts, JournalPlace};
use crate::terminal::Terminal;

/// The error of a command line that the parser did not take. Words in it or on standard input are
/// kept.
pub fn refuse(
    args: &[OsString],
    error: &clap::Error,
    terminal: &mut Terminal,
    environment: &Environment,
) -> Error {
    let failure = parse_failure(error, args);
    match refused_words::read(args, error, terminal) {
        Some((words, flags)) => keep_words(Some(words), &flags, environment, terminal, failure),
        None => failure,
    }
}

/// Keeps words though there are no settings. Returns the failure with a hint on where they are.
pub(super) fn keep_words(
    words: Option<Words>,
    flags: &Flags,
    environment: &Environment,
    terminal: &mut Terminal,
    error: Error,
) -> Error {
    let Some(words) = words else { return error };
    let places = Places::find(flags, environment);
    let now = places.as_ref().and_then(|places| places.clock.now().ok());
    let drafts = places.map(|places| {
        let sealing = places.journal.as_deref().and_then(sealing_without_key);
        let journal = places.journal.map(|path| JournalPlace::new(&path, None));
        Drafts::new(places.drafts, journal).sealed(sealing)
    });
    unsaved::keep(words, now, drafts.as_ref(), terminal, error)
}

/// The error of the parser in the form of all other errors.
fn parse_failure(error: &clap::Error, args: &[OsString]) -> Error {
    let mut root = Cli::command();
    root.build();
    failure::of(error, args, &root)
}
