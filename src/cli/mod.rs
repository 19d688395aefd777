//! The root of the command line: the global options, the verbs, and which code runs for each.

mod refused_words;
mod trailing_words;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::command;
use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::unsaved;
use crate::command::words::Words;
use crate::config::{Config, Environment, Flags, Places};
use crate::drafts::{Drafts, JournalPlace};
use crate::journal::ParseError;
use crate::messages::Message;
use crate::terminal::{ColorChoice, Terminal};

/// One lesson a day, and a place to dwell on it
#[derive(Debug, Parser)]
#[command(
    name = "dwell",
    version,
    help_template = HELP,
    max_term_width = 80,
)]
pub struct Cli {
    /// The journal file
    #[arg(long, global = true, value_name = "PATH", help_heading = "Global options")]
    journal: Option<PathBuf>,
    /// Data as JSON: an object for one thing, an object a line for a list
    #[arg(long, global = true, help_heading = "Global options")]
    json: bool,
    /// When to style
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Global options")]
    color: Option<When>,
    /// Print no messages but errors
    #[arg(long, short, global = true, help_heading = "Global options")]
    quiet: bool,
    /// Ask nothing
    #[arg(long, global = true, help_heading = "Global options")]
    no_input: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// The first page of help. A test checks that it fits on one screen and names every verb.
const HELP: &str = "\
{about}

{usage-heading} dwell [OPTIONS] [COMMAND]      dwell COMMAND --help says more

Today's lesson
  dwell alone      the lesson; then asks for what is missing
  today, why       today's entry; why this lesson is today's
  series, lesson   what is on the shelf, and what comes next
Writing
  write            save a reflection, from a terminal, an editor or a pipe
  step             the one next step: list, add, done, partly, drop
  afterthought     a dated line on an old reflection
  edit, delete, undo, redo, forget  change, remove, take back, put back, erase
Looking back
  show, log, search    one entry, whole; entries, newest first; words in them
  review           a week, months and years ago; review week, month, year
  calendar, stats, tags   a year as a map; days, words and your tags counted
The program
  export, import, rest, quiet, config, completions, man
Options
  --journal PATH   --json   --color auto|always|never   -q, --quiet
  --no-input       -h, --help   -V, --version
Example
  dwell log --since -1m --tag work
";

#[derive(Debug, Subcommand)]
enum Verb {
    #[command(flatten)]
    WithSettings(WithSettings),
    Completions(command::completions::Args),
    Man(command::man::Args),
}

/// The verbs that need settings. The others work even if there is a mistake in the settings.
#[derive(Debug, Subcommand)]
enum WithSettings {
    Today(command::today::Args),
    Why(command::why::Args),
    Series(command::series::Args),
    Lesson(command::lesson::Args),
    Write(command::write::Args),
    Step(command::step::Args),
    Afterthought(command::afterthought::Args),
    Edit(command::edit::Args),
    Delete(command::delete::Args),
    Undo(command::undo::Args),
    Redo(command::redo::Args),
    Forget(command::forget::Args),
    Show(command::show::Args),
    Log(command::log::Args),
    Search(command::search::Args),
    Tags(command::tags::Args),
    Calendar(command::calendar::Args),
    Review(command::review::Args),
    Stats(command::stats::Args),
    Rest(command::rest::Args),
    Quiet(command::quiet::Args),
    Export(command::export::Args),
    Import(command::import::Args),
    Config(command::config::Args),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl Cli {
    /// Reads the arguments, of which the first is the program's name. Errors if the parser does not
    /// take them, and also for help and version, which are shown as errors.
    pub fn read(args: Vec<OsString>) -> clap::error::Result<Self> {
        let args = trailing_words::move_last("search", args, Self::command);
        // Not dropped: to free the tree of commands takes longer than to parse with it, and the
        // program ends soon.
        let mut command = ManuallyDrop::new(Self::command());
        let matches = command.try_get_matches_from_mut(args)?;
        Self::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
    }

    /// Runs the verb. A verb that needs settings gets a new terminal with their options, which
    /// replaces this one. Errors with what the person is told.
    pub fn run(&self, terminal: &mut Terminal, environment: &Environment) -> Result<()> {
        let verb = match &self.verb {
            // A shell asks for completions at every start.
            Some(Verb::Completions(args)) => return command::completions::run(args, terminal),
            Some(Verb::Man(args)) => return command::man::run(args, terminal, Self::command()),
            Some(Verb::WithSettings(verb)) => Some(verb),
            None => None,
        };
        // Read before anything can fail.
        let words = verb.and_then(|verb| verb.words(terminal));
        let resolved = Config::resolve_what_can_be(&self.flags(), environment);
        let resolved = resolved.and_then(|(config, faults)| match (verb, faults) {
            // It shows a mistake in the settings, and mends it.
            (Some(WithSettings::Config(args)), faults) if args.only_shows() => Ok((config, faults)),
            (Some(WithSettings::Config(_)), _) => Ok((config, Vec::new())),
            (_, faults) => faults.into_iter().next().map_or(Ok((config, Vec::new())), Err),
        });
        let (config, faults) = match resolved {
            Ok(resolved) => resolved,
            Err(error) => {
                let error = error.into();
                return Err(keep_words(words, &self.flags(), environment, terminal, error));
            }
        };
        let mut context = Context::new(config, self.json, words);
        let mut faults = faults.into_iter().map(Error::from);
        let told = faults.try_for_each(|fault| context.complain(&fault));
        let warned = told.and_then(|()| context.warn_of_unknown_keys());
        let done = warned.and_then(|()| match verb {
            Some(verb) => verb.run(&mut context),
            None => command::ritual::run(&mut context),
        });
        let done = unsaved::keep_after(&mut context, done);
        *terminal = context.terminal;
        done
    }

    /// The options that settings depend on.
    fn flags(&self) -> Flags {
        Flags {
            journal: self.journal.clone(),
            color: self.color.map(|when| match when {
                When::Auto => ColorChoice::Auto,
                When::Always => ColorChoice::Always,
                When::Never => ColorChoice::Never,
            }),
            quiet: self.quiet,
            no_input: self.no_input,
        }
    }
}

impl WithSettings {
    /// The words that come with the command, as arguments or on standard input.
    fn words(&self, terminal: &Terminal) -> Option<Words> {
        match self {
            Self::Write(args) => args.words(terminal),
            Self::Step(args) => args.words(terminal),
            Self::Afterthought(args) => args.words(terminal),
            Self::Edit(args) => args.words(terminal),
            _ => None,
        }
    }

    fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Today(args) => command::today::run(args, context),
            Self::Why(args) => command::why::run(args, context),
            Self::Series(args) => command::series::run(args, context),
            Self::Lesson(args) => command::lesson::run(args, context),
            Self::Write(args) => command::write::run(args, context),
            Self::Step(args) => command::step::run(args, context),
            Self::Afterthought(args) => command::afterthought::run(args, context),
            Self::Edit(args) => command::edit::run(args, context),
            Self::Delete(args) => command::delete::run(args, context),
            Self::Undo(args) => command::undo::run(args, context),
            Self::Redo(args) => command::redo::run(args, context),
            Self::Forget(args) => command::forget::run(args, context),
            Self::Show(args) => command::show::run(args, context),
            Self::Log(args) => command::log::run(args, context),
            Self::Search(args) => command::search::run(args, context),
            Self::Tags(args) => command::tags::run(args, context),
            Self::Calendar(args) => command::calendar::run(args, context),
            Self::Review(args) => command::review::run(args, context),
            Self::Stats(args) => command::stats::run(args, context),
            Self::Rest(args) => command::rest::run(args, context),
            Self::Quiet(args) => command::quiet::run(args, context),
            Self::Export(args) => command::export::run(args, context),
            Self::Import(args) => command::import::run(args, context),
            Self::Config(args) => command::config::run(args, context),
        }
    }
}

/// The error of a command line that the parser did not take. Words in it or on standard input are
/// kept.
pub fn refuse(
    args: &[OsString],
    error: &clap::Error,
    terminal: &mut Terminal,
    environment: &Environment,
) -> Error {
    let failure = parse_failure(error);
    match refused_words::read(args, error, terminal) {
        Some((words, flags)) => keep_words(Some(words), &flags, environment, terminal, failure),
        None => failure,
    }
}

/// Keeps words though there are no settings. Returns the failure with a hint on where they are.
fn keep_words(
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
        let journal = places.journal.map(|path| JournalPlace::new(&path, None));
        Drafts::new(places.drafts, journal)
    });
    unsaved::keep(words, now, drafts.as_ref(), terminal, error)
}

/// The error of the parser in the form of all other errors.
fn parse_failure(error: &clap::Error) -> Error {
    let source = std::error::Error::source(error);
    if let Some(error) = source.and_then(|source| source.downcast_ref::<ParseError>()) {
        return error.clone().into();
    }
    let text = error.to_string();
    let mut parts = text.split("\n\n").map(str::trim);
    let message = parts.next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let tip = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
    // The usage of the root names no verb, so the hint is its help.
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: ").map(str::to_owned));
    let usage = usage.filter(|usage| !usage.starts_with("dwell ["));
    let hint = tip.or(usage).unwrap_or_else(|| "dwell --help".to_owned());
    Error::usage(Message::new(message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_first_page_of_help_fits_one_screen_and_names_every_verb() {
        let help = Cli::command().render_help().to_string();
        assert!(help.lines().count() <= 24, "{}", help.lines().count());
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
        for verb in Cli::command().get_subcommands() {
            let name = verb.get_name();
            let listed = help.lines().filter(|line| line.starts_with("  ")).any(|line| {
                line.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word == name)
            });
            assert!(listed, "{name}");
        }
    }
}
