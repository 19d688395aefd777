//! What a person is told about arguments that the parser did not take.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::command::error::Error;
use crate::journal::ParseError;
use crate::messages::{Message, usage};
use crate::text::nearest;

use super::trailing_words::verb_names;

/// The error of the parser in the form of all other errors.
pub(super) fn of(error: &clap::Error, args: &[OsString], root: &Command) -> Error {
    let source = std::error::Error::source(error);
    if let Some(error) = source.and_then(|source| source.downcast_ref::<ParseError>()) {
        return error.clone().into();
    }
    let names = verb_names(args, root);
    let verb = [&["dwell".to_owned()], &names[..]].concat().join(" ");
    let command = names.iter().try_fold(root, |command, name| command.find_subcommand(name));
    let failure = Failure { error, verb: &verb, command: command.unwrap_or(root), args };
    Error::usage(failure.message())
}

struct Failure<'a> {
    error: &'a clap::Error,
    /// The verb as it is typed: `dwell log`.
    verb: &'a str,
    command: &'a Command,
    args: &'a [OsString],
}

impl Failure<'_> {
    fn message(&self) -> Message {
        let verb = self.verb;
        let argument = self.text(ContextKind::InvalidArg);
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => self.no_command(),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                usage::missing(verb, &["FORMAT".to_owned()])
            }
            ErrorKind::UnknownArgument => self.unknown(&argument),
            ErrorKind::MissingRequiredArgument => {
                let names: Vec<String> =
                    self.texts(ContextKind::InvalidArg).iter().map(|name| plain(name)).collect();
                usage::missing(verb, &names)
            }
            ErrorKind::InvalidValue if self.text(ContextKind::InvalidValue).is_empty() => {
                usage::no_value(verb, &plain(&argument))
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => usage::bad_value(
                verb,
                &plain(&argument),
                &self.text(ContextKind::InvalidValue),
                &self.texts(ContextKind::ValidValue),
            ),
            ErrorKind::ArgumentConflict if !argument.is_empty() => {
                let other = self.texts(ContextKind::PriorArg);
                let other = other.first().map(|other| plain(other)).unwrap_or_default();
                usage::conflict(verb, &plain(&argument), &other)
            }
            _ => usage::other(verb, &first_sentence(self.error)),
        }
    }

    fn no_command(&self) -> Message {
        let name = self.text(ContextKind::InvalidSubcommand);
        let at = self.args.iter().position(|arg| *arg == *name).unwrap_or(self.args.len());
        let rest = self.args.iter().skip(at + 1).map(|arg| arg.to_string_lossy().into_owned());
        let verbs = self.command.get_subcommands().map(Command::get_name);
        let nearest = nearest(&name, verbs.filter(|verb| *verb != "help"));
        usage::no_command(self.verb, &name, &rest.collect::<Vec<_>>(), nearest)
    }

    fn unknown(&self, argument: &str) -> Message {
        if !argument.starts_with('-') {
            return usage::too_many(self.verb, argument);
        }
        let name = argument.trim_start_matches('-');
        let options = self.command.get_arguments().filter_map(clap::Arg::get_long);
        let near = nearest(name, options).map(|near| format!("--{near}"));
        usage::no_option(self.verb, argument, near.as_deref(), self.takes_words())
    }

    /// Whether the first argument of the verb is text, so that an option could be meant as words.
    fn takes_words(&self) -> bool {
        let mut positionals = self.command.get_positionals();
        positionals
            .next()
            .is_some_and(|first| first.get_id() == "text" || first.get_id() == "words")
    }

    /// The value of the error of this kind; of several the first. Empty if there is none.
    fn text(&self, kind: ContextKind) -> String {
        self.texts(kind).into_iter().next().unwrap_or_default()
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }
}

/// The name of an argument as a person types it: `--limit` for `--limit <N>`, `DAY` for `<DAY>`.
fn plain(name: &str) -> String {
    let option = name.split(' ').next().filter(|option| option.starts_with('-'));
    let name = option.unwrap_or(name);
    name.trim_end_matches("...").trim_matches(['<', '>', '[', ']']).to_owned()
}

/// What the parser says, without its hints.
fn first_sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let first = text.split("\n\n").next().unwrap_or_default().trim();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}
