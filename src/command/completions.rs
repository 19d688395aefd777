//! `dwell completions`, and the values that are offered while a command is typed.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::ValueEnum;
use clap_complete::CompletionCandidate;
use clap_complete::engine::{PathCompleter, ValueCompleter};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use crate::command::error::{Error, Result};
use crate::config;
use crate::config::{Config, DefaultValue, Environment, Flags};
use crate::journal::PeriodName;
use crate::journal::search::query::Query;
use crate::library::SHIPPED;
use crate::messages;
use crate::store::{Store, WAIT};
use crate::terminal::Terminal;
use crate::text;

/// Completions for your shell; put the line into its start file
///
/// bash: source <(dwell completions bash)
/// zsh:  source <(dwell completions zsh)
/// fish: dwell completions fish | source
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell completions bash")]
#[command(verbatim_doc_comment)]
pub struct Args {
    shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// The variable by which the shell's script asks dwell for candidates.
pub const VARIABLE: &str = "COMPLETE";

pub fn run(args: &Args, terminal: &mut Terminal) -> Result<()> {
    let completer: &dyn EnvCompleter = match args.shell {
        Shell::Bash => &Bash,
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::Powershell => &Powershell,
        Shell::Zsh => &Zsh,
    };
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, "dwell", "dwell", "dwell", &mut script)
        .map_err(|error| Error::usage(messages::program::no_completions(&error)))?;
    if matches!(args.shell, Shell::Zsh) {
        script = after_first_line(&script, LOAD_ZSH_COMPLETION);
        script.extend_from_slice(COMPLETE_AT_ONCE);
    }
    Ok(terminal.data(&script)?)
}

/// Loads zsh's own completion, if nothing in the start file has done so: without it, zsh has no
/// `compdef`.
const LOAD_ZSH_COMPLETION: &[u8] =
    b"(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i -D }\n";

/// zsh runs the file `_dwell` of a package at the first Tab, and takes what that did for the answer.
const COMPLETE_AT_ONCE: &[u8] =
    b"[[ $funcstack[1] != _dwell ]] || _clap_dynamic_completer_dwell \"$@\"\n";

/// A script with more text behind its first line, which names the command for zsh.
fn after_first_line(script: &[u8], more: &[u8]) -> Vec<u8> {
    let end = script.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    [&script[..end], more, &script[end..]].concat()
}

/// A value to choose from, with a line on what it is. Both are safe to show: titles and names come
/// from strangers.
pub fn candidate(value: &str, help: Option<&str>) -> Option<CompletionCandidate> {
    let help = help.map(|help| text::one_line(help).into());
    is_safe(value.as_ref()).then(|| CompletionCandidate::new(value).help(help))
}

/// Whether a value can be offered: it must be typed as it is, so nothing can be escaped in it.
fn is_safe(value: &OsStr) -> bool {
    value.to_str().is_some_and(|value| !value.contains(|c| c == '\n' || text::is_unsafe(c)))
}

/// Files and folders.
pub fn paths(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = PathCompleter::any().complete(typed);
    found.retain(|path| is_safe(path.get_value()) && path.get_value() != ".");
    found
}

/// The series on the shelf. Empty after any failure: a shell prompt is no place for an error.
pub fn series() -> Vec<CompletionCandidate> {
    let series = store().and_then(|store| store.all_series().ok()).unwrap_or_default();
    let candidates = series.iter().map(|one| candidate(one.slug.as_str(), Some(&one.title)));
    candidates.flatten().collect()
}

/// The lessons on the shelf by their places, and today's.
pub fn lessons() -> Vec<CompletionCandidate> {
    let mut found: Vec<_> = candidate("today", None).into_iter().collect();
    if let Some(store) = store() {
        let _ = store.each_lesson(None, |shelved| -> Result<()> {
            let lesson = &shelved.lesson;
            let place = format!("{}/{}", lesson.series, lesson.number);
            found.extend(candidate(&place, Some(&lesson.text.title)));
            Ok(())
        });
    }
    found
}

/// The days in words, and the newest ones with an entry.
pub fn days() -> Vec<CompletionCandidate> {
    let mut days: Vec<_> = DAY_WORDS.iter().filter_map(|word| candidate(word, None)).collect();
    if let Some(store) = store() {
        let query = Query { limit: Some(30), ..Query::default() };
        let _ = store.each_entry(&query, |entry| -> Result<()> {
            let title = entry.lesson.as_ref().map(|lesson| &*lesson.text.title);
            days.extend(candidate(&entry.day.to_string(), title));
            Ok(())
        });
    }
    days
}

const DAY_WORDS: [&str; 9] = [
    "today",
    "yesterday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The months in words, and the years with an entry.
pub fn periods() -> Vec<CompletionCandidate> {
    let years = store().and_then(|store| store.entry_years().ok()).unwrap_or_default();
    let years = years.iter().rev().map(ToString::to_string);
    let months = (1..=12).map(|month| PeriodName::LatestMonth(month).to_string());
    months.chain(years).filter_map(|name| candidate(&name, None)).collect()
}

/// The times that can be typed for a review.
pub fn times() -> Vec<CompletionCandidate> {
    periods().into_iter().chain(days()).collect()
}

/// The tags in the person's own words.
pub fn tags() -> Vec<CompletionCandidate> {
    let tags = store().and_then(|store| store.tags().ok()).unwrap_or_default();
    tags.iter().filter_map(|one| candidate(&one.tag, None)).collect()
}

/// The settings, each with its help.
pub fn settings() -> Vec<CompletionCandidate> {
    config::TABLE.iter().filter_map(|one| candidate(one.name, Some(one.help))).collect()
}

/// The values of the setting that was typed before, if they can be listed.
pub fn setting_values(typed: &OsStr) -> Vec<CompletionCandidate> {
    let words = command_line();
    let mut after = words.iter().skip_while(|arg| *arg != "config").skip(1);
    match after.find_map(|arg| config::find(arg).ok()) {
        Some(setting) if matches!(setting.default, DefaultValue::InDataFolder(_)) => paths(typed),
        Some(setting) => {
            let begins = |word: &&&str| typed.to_str().is_some_and(|typed| word.starts_with(typed));
            setting.words.iter().filter(begins).filter_map(|word| candidate(word, None)).collect()
        }
        None => Vec::new(),
    }
}

/// The arguments that were typed. clap does not pass them to a completer.
fn command_line() -> Vec<String> {
    std::env::args_os().filter_map(|arg| arg.into_string().ok()).collect()
}

/// The journal that the command line means.
fn store() -> Option<Store> {
    // clap calls a completer without our context, so the settings are resolved again.
    let words = command_line();
    let named = words.iter().position(|word| word == "--journal").and_then(|at| words.get(at + 1));
    let flags = Flags { journal: named.map(PathBuf::from), ..Flags::default() };
    let config = Config::resolve(&flags, &Environment::of_process()).ok()?;
    Store::open_to_look(&config.journal, SHIPPED, WAIT).ok()?
}
