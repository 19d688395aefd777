//! `dwell completions`, and the values that are offered while a command is typed.

use clap::ValueEnum;
use clap_complete::CompletionCandidate;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use crate::command::error::{Error, Result};
use crate::config;
use crate::config::{Config, Environment, Flags};
use crate::journal::search::query::Query;
use crate::library::SHIPPED;
use crate::messages;
use crate::store::Store;
use crate::terminal::Terminal;

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
    Ok(terminal.data(&script)?)
}

/// The series on the shelf. Empty after any failure: a shell prompt is no place for an error.
pub fn series() -> Vec<CompletionCandidate> {
    let series = store().and_then(|store| store.all_series().ok()).unwrap_or_default();
    let candidate =
        |slug: &str, title: String| CompletionCandidate::new(slug).help(Some(title.into()));
    series.into_iter().map(|series| candidate(series.slug.as_str(), series.title)).collect()
}

/// The newest days with an entry.
pub fn days() -> Vec<CompletionCandidate> {
    let mut days = Vec::new();
    if let Some(store) = store() {
        let query = Query { limit: Some(30), ..Query::default() };
        let _ = store.each_entry(&query, |entry| -> Result<()> {
            let title = entry.lesson.as_ref().map(|lesson| lesson.text.title.clone().into());
            days.push(CompletionCandidate::new(entry.day.to_string()).help(title));
            Ok(())
        });
    }
    days
}

/// The months and years that can be typed for a calendar.
pub fn periods() -> Vec<CompletionCandidate> {
    Vec::new()
}

/// The times that can be typed for a review.
pub fn times() -> Vec<CompletionCandidate> {
    periods()
}

/// The settings, each with its help.
pub fn settings() -> Vec<CompletionCandidate> {
    let candidate = |setting: &config::Setting| {
        CompletionCandidate::new(setting.name).help(Some(setting.help.into()))
    };
    config::TABLE.iter().map(candidate).collect()
}

/// The values of the setting that was typed before, if the setting lists them.
pub fn setting_values() -> Vec<CompletionCandidate> {
    // clap does not pass the other arguments to a completer.
    let typed: Vec<String> = std::env::args_os().filter_map(|arg| arg.into_string().ok()).collect();
    let mut after = typed.iter().skip_while(|arg| *arg != "config").skip(1);
    let setting = after.find_map(|arg| config::find(arg).ok());
    let words = setting.map_or(&[][..], |setting| setting.words);
    words.iter().map(CompletionCandidate::new).collect()
}

fn store() -> Option<Store> {
    // clap calls a completer without our context, so the settings are resolved again.
    let config = Config::resolve(&Flags::default(), &Environment::of_process()).ok()?;
    Store::open_existing(&config.journal, SHIPPED).ok()?
}
