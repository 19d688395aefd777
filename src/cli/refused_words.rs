//! The words in a command line that the parser refused, so that a mistyped option loses none.
//!
//! The arguments are read once more, and leniently: what the verb does not know is passed over.

use std::ffi::{OsStr, OsString};
use std::slice::Iter;

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, CommandFactory};

use crate::cli::Cli;
use crate::command::step::leading_day;
use crate::command::words::{Input, WantedDay, Words};
use crate::config::Flags;
use crate::drafts::{Extras, Purpose};
use crate::journal::{DayName, StepState, entry};
use crate::terminal::Terminal;

/// The verbs that take words.
const VERBS: [&str; 4] = ["write", "edit", "afterthought", "step"];

/// The words of a refused command line, and the options that say where they are kept. `None` if its
/// verb takes no words. Reads standard input if the words would have come from there.
pub(super) fn read(
    args: &[OsString],
    error: &clap::Error,
    terminal: &Terminal,
) -> Option<(Words, Flags)> {
    let mut root = Cli::command();
    root.build();
    let mut args = args.get(1..)?.iter();
    let mut found = Found::default();
    let verb = loop {
        let typed = found.read_to_word(&root, &mut args)?;
        if let Some(verb) = VERBS.into_iter().find(|verb| *typed == **verb).or_else(|| meant(error))
        {
            break verb;
        }
        // What is no verb at all is taken for the value of an option that is not known.
        if root.find_subcommand(typed).is_some() {
            return None;
        }
    };
    let mut command = root.find_subcommand(verb)?;
    if verb == "step" {
        command = command.find_subcommand(found.read_to_word(command, &mut args)?)?;
    }
    while let Some(word) = found.read_to_word(command, &mut args) {
        found.words.push(word);
    }
    let flags = Flags { journal: found.value("journal").map(Into::into), ..Flags::default() };
    Some((found.into_words(verb, command.get_name(), terminal)?, flags))
}

/// The verb that the parser takes a mistyped one for.
fn meant(error: &clap::Error) -> Option<&'static str> {
    let suggested: Vec<&str> = match error.get(ContextKind::SuggestedSubcommand)? {
        ContextValue::String(verb) => vec![verb],
        ContextValue::Strings(verbs) => verbs.iter().map(String::as_str).collect(),
        _ => return None,
    };
    VERBS.into_iter().find(|verb| suggested.contains(verb))
}

/// What was found in the arguments.
#[derive(Default)]
struct Found<'a> {
    words: Vec<&'a OsStr>,
    /// The names of the options, without dashes, and their values.
    options: Vec<(String, Option<OsString>)>,
    /// After `--`, nothing is an option.
    only_words: bool,
}

impl<'a> Found<'a> {
    /// Reads the options of the command up to the next word, and returns the word. `None` at the
    /// end.
    fn read_to_word(
        &mut self,
        command: &Command,
        args: &mut Iter<'a, OsString>,
    ) -> Option<&'a OsStr> {
        loop {
            let arg = args.next()?;
            let text = arg.to_string_lossy();
            if self.only_words || !looks_like_option(&text) {
                return Some(arg);
            }
            if text == "--" {
                self.only_words = true;
                continue;
            }
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (&*text, None),
            };
            // An option that the command does not know is passed over. If it was to have a value,
            // that value is kept as a word.
            let Some(option) = command.get_arguments().find(|option| is_named(option, name)) else {
                continue;
            };
            let takes_value = option.get_action().takes_values() && value.is_none();
            let value = if takes_value { args.next().cloned() } else { value };
            self.options.push((option.get_id().to_string(), value));
        }
    }

    fn value(&self, name: &str) -> Option<&OsStr> {
        self.options.iter().rev().find(|(other, _)| other == name)?.1.as_deref()
    }

    fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(other, _)| other == name)
    }

    /// The words and what they are to become. `None` if there are none.
    fn into_words(self, verb: &str, sub: &str, terminal: &Terminal) -> Option<Words> {
        let (purpose, day, words) = match (verb, self.words.as_slice()) {
            ("write", []) if self.has("resume") || self.has("editor") => return None,
            ("write", words) => (Purpose::Add, self.day(), words),
            ("edit", []) => (Purpose::Revise, WantedDay::Today, &[][..]),
            ("edit", [day, ..]) => (Purpose::Revise, read_day(day), &[][..]),
            ("afterthought", []) => (Purpose::Afterthought, WantedDay::Unreadable, &[][..]),
            ("afterthought", [day, words @ ..]) => (Purpose::Afterthought, read_day(day), words),
            (_, words) => self.of_step(sub, words)?,
        };
        let input = match words {
            [] if terminal.has_piped_input() => Input::read(),
            [dash] if *dash == "-" => Input::read(),
            words => Input::text(words.join(OsStr::new(" ")).into_encoded_bytes()),
        };
        Some(Words::new(input, purpose, day, self.extras()))
    }

    /// The words of a step, or of what came of it.
    fn of_step<'w>(
        &self,
        sub: &str,
        words: &'w [&'a OsStr],
    ) -> Option<(Purpose, WantedDay, &'w [&'a OsStr])> {
        let purpose = match sub {
            "add" => Purpose::Step,
            "done" => Purpose::Answer(StepState::Done),
            "partly" => Purpose::Answer(StepState::Partly),
            "drop" => Purpose::Answer(StepState::Dropped),
            _ => return None,
        };
        // Without words there is nothing that is an answer; a step is read from standard input.
        let (first, rest) = match words {
            [] if purpose != Purpose::Step => return None,
            [first, rest @ ..] if !rest.is_empty() && !self.has("day") => (first, rest),
            words => return Some((purpose, self.day(), words)),
        };
        Some(match first.to_str().and_then(leading_day) {
            Some(day) => (purpose, WantedDay::Named(day), rest),
            None => (purpose, WantedDay::Today, words),
        })
    }

    fn day(&self) -> WantedDay {
        self.value("day").map_or(WantedDay::Today, read_day)
    }

    fn extras(&self) -> Extras {
        let text = |name| entry::single_line(self.value(name)?.to_str()?);
        let again = self.value("again").and_then(|word| word.to_str()?.parse().ok());
        Extras { step: text("next"), when: text("when"), again }
    }
}

/// Whether an argument is more likely an option than words or a day, as in `-7d`. A name of an
/// option has no white space.
fn looks_like_option(arg: &str) -> bool {
    let name = arg.split('=').next().unwrap_or_default();
    name.len() > 1
        && name.starts_with('-')
        && !name.contains(char::is_whitespace)
        && name.parse::<f64>().is_err()
        && name.parse::<DayName>().is_err()
}

fn is_named(option: &Arg, name: &str) -> bool {
    match name.strip_prefix("--") {
        Some(long) => option.get_long() == Some(long),
        None => name.strip_prefix('-').is_some_and(|short| {
            option.get_short().is_some_and(|letter| short == letter.encode_utf8(&mut [0; 4]))
        }),
    }
}

fn read_day(text: &OsStr) -> WantedDay {
    let name = text.to_str().and_then(|text| text.parse().ok());
    name.map_or(WantedDay::Unreadable, WantedDay::Named)
}
