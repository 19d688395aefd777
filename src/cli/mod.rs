//! The root of the command line: the global options, the verbs, and which code runs for each.

mod by_hand;
mod completing;
mod failure;
mod help;
mod lean;
mod refusal;
mod refused_words;
mod trailing_words;
mod verbs;

pub use refusal::refuse;

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::command;
use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::config::{Config, Environment, Flags};
use crate::terminal::{ColorChoice, Terminal};
use verbs::WithSettings;

/// One lesson a day, and a place to dwell on it
#[derive(Debug, Parser)]
#[command(
    name = "dwell",
    version,
    help_template = help::HELP,
    max_term_width = 80,
)]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// The options that every verb takes.
#[derive(Debug, Default, clap::Args)]
struct Options {
    /// The journal file
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        help_heading = "Global options",
        add = ArgValueCompleter::new(command::completions::paths)
    )]
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
    /// Use plain lines, not the full-screen page: screen = "lines" for one run
    #[arg(long, global = true, help_heading = "Global options")]
    no_page: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    #[command(flatten)]
    WithSettings(WithSettings),
    Completions(command::completions::Args),
    Hook(command::hook::Args),
    Man(command::man::Args),
    Status(command::status::Args),
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
    pub fn read(args: &[OsString]) -> clap::error::Result<Self> {
        by_hand::read(args).map_or_else(|| Self::by_parser(args), Ok)
    }

    /// The same by the parser alone.
    fn by_parser(args: &[OsString]) -> clap::error::Result<Self> {
        let args = trailing_words::move_last(args.to_vec(), || lean::command(args));
        // Not dropped: to free the tree of commands takes longer than to parse with it, and the
        // program ends soon.
        let mut command = ManuallyDrop::new(lean::command(&args));
        if let Ok(matches) = command.try_get_matches_from_mut(&args)
            && let Ok(cli) = Self::from_arg_matches(&matches)
        {
            return Ok(cli);
        }
        // The whole tree says what is wrong, and has the help.
        let mut command = Self::command();
        match command.try_get_matches_from_mut(&args) {
            Err(error) if error.kind() == ErrorKind::DisplayHelp => {
                Err(Self::help(&args).unwrap_or(error))
            }
            matches => {
                Self::from_arg_matches(&matches?).map_err(|error| error.format(&mut command))
            }
        }
    }

    /// The help of the verb in these arguments, which is shown as an error.
    fn help(args: &[OsString]) -> Option<clap::Error> {
        let mut root = Self::command();
        root.build();
        let mut names = trailing_words::verb_names(args, &root);
        names.retain(|name| name != "help");
        let asked = ["dwell"].into_iter().chain(names.iter().map(String::as_str)).chain(["--help"]);
        help::fit_to_a_screen(Self::command()).try_get_matches_from(asked).err()
    }

    /// Runs the verb. A verb that needs settings gets a new terminal with their options, which
    /// replaces this one. Errors with what the person is told.
    pub fn run(&self, terminal: &mut Terminal, environment: &Environment) -> Result<()> {
        let verb = match &self.verb {
            // A shell asks for completions at every start.
            Some(Verb::Completions(args)) => return command::completions::run(args, terminal),
            Some(Verb::Hook(args)) => return command::hook::run(args, environment, terminal),
            Some(Verb::Man(args)) => {
                return command::man::run(args, self.options.quiet, terminal, Self::command());
            }
            Some(Verb::Status(args)) => {
                let json = self.options.json;
                return command::status::run(args, json, &self.flags(), environment, terminal);
            }
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
                return Err(refusal::keep_words(
                    words,
                    &self.flags(),
                    environment,
                    terminal,
                    error,
                ));
            }
        };
        let mut context = Context::new(config, self.options.json, words);
        let mut faults = faults.into_iter().map(Error::from);
        let told = faults.try_for_each(|fault| context.complain(&fault));
        let warned = told.and_then(|()| context.warn_of_unknown_keys());
        let run = |context: &mut Context| match verb {
            Some(verb) => verb.run(context),
            None => command::ritual::run(context),
        };
        let done = warned.and_then(|()| command::unsaved::unless_it_panics(&mut context, run));
        let done = command::unsaved::keep_after(&mut context, done);
        command::sealed_copies::open_drafts_of_unlocked(&context);
        context.renew_mirror();
        context.say_backup_failure();
        *terminal = context.terminal;
        done
    }

    /// The options that settings depend on.
    fn flags(&self) -> Flags {
        Flags {
            journal: self.options.journal.clone(),
            color: self.options.color.map(|when| match when {
                When::Auto => ColorChoice::Auto,
                When::Always => ColorChoice::Always,
                When::Never => ColorChoice::Never,
            }),
            quiet: self.options.quiet,
            no_input: self.options.no_input,
            no_page: self.options.no_page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_lean_tree_has_the_verbs_of_the_whole_one() {
        let mut whole = Cli::command();
        let names: Vec<OsString> =
            whole.get_subcommands().map(|verb| verb.get_name().into()).collect();
        let mut lean = lean::command(&names);
        lean.build();
        whole.build();
        let arguments = |command: &clap::Command| -> Vec<String> {
            let ids = command.get_arguments().map(|arg| arg.get_id().to_string());
            let mut ids: Vec<String> = ids.collect();
            ids.sort();
            ids
        };
        assert_eq!(arguments(&lean), arguments(&whole));
        for verb in whole.get_subcommands().filter(|verb| verb.get_name() != "help") {
            let name = verb.get_name();
            let same = lean.find_subcommand(name).unwrap_or_else(|| panic!("{name} is missing"));
            assert_eq!(arguments(same), arguments(verb), "{name}");
        }
        assert_eq!(lean.get_subcommands().count(), whole.get_subcommands().count());
    }

    #[test]
    fn a_verb_that_was_not_typed_is_not_made() {
        let made = |args: &[&str]| {
            let args: Vec<OsString> = args.iter().map(OsString::from).collect();
            let lean = lean::command(&args);
            lean.get_subcommands().map(|verb| verb.get_name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(made(&["dwell"]), [""; 0]);
        assert_eq!(made(&["dwell", "today", "--json"]), ["today"]);
        assert_eq!(made(&["dwell", "--journal", "log", "show", "today"]), ["today", "show", "log"]);
    }

    #[test]
    fn the_first_page_of_help_fits_one_screen_and_names_every_verb() {
        let help = Cli::command().render_help().to_string();
        // One line less than the screen, for the prompt below.
        assert!(help.lines().count() <= 23, "{}", help.lines().count());
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
