//! Search terms that begin with a dash, between options.
//!
//! The parser can read every dash as an option, or every argument after the first word as a word. A
//! search needs both: `dwell search morning -walk --json` has one of each. So the words are moved
//! to the end here, behind `--`, where nothing is an option.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// The arguments, with the words of this verb moved to the end, behind `--`. The arguments of
/// another verb stay as they are.
pub(super) fn move_last(verb: &str, args: Vec<OsString>, root: fn() -> Command) -> Vec<OsString> {
    if !args.iter().any(|arg| arg == verb) {
        return args;
    }
    let mut root = root();
    root.build();
    let Some(start) = verb_at(verb, &args, &root) else { return args };
    let Some(command) = root.find_subcommand(verb) else { return args };
    let mut words = Vec::new();
    let mut ordered = args[..=start].to_vec();
    let mut rest = args.into_iter().skip(start + 1);
    while let Some(arg) = rest.next() {
        if arg == "--" {
            words.extend(rest.by_ref());
        } else if let Some(length) = option(&arg, command) {
            ordered.push(arg);
            ordered.extend(rest.by_ref().take(length - 1));
        } else {
            words.push(arg);
        }
    }
    ordered.push("--".into());
    ordered.extend(words);
    ordered
}

/// The index of the verb, if it is the first argument that is not an option.
fn verb_at(verb: &str, args: &[OsString], root: &Command) -> Option<usize> {
    let mut at = 1;
    while let Some(length) = option(args.get(at)?, root) {
        at += length;
    }
    (args.get(at)? == verb).then_some(at)
}

/// How many arguments an option is with its value; `None` if this is not an option of the command.
fn option(arg: &OsStr, command: &Command) -> Option<usize> {
    let arg = arg.to_str()?;
    let (name, has_value) = match arg.split_once('=') {
        Some((name, _)) => (name, true),
        None => (arg, false),
    };
    let is_named = |option: &&Arg| match name.strip_prefix("--") {
        Some(long) => option.get_long() == Some(long),
        None => name.strip_prefix('-').is_some_and(|short| {
            option.get_short().is_some_and(|letter| short == letter.encode_utf8(&mut [0; 4]))
        }),
    };
    let option = command.get_arguments().find(is_named)?;
    match (option.get_action().takes_values(), has_value) {
        (true, false) => Some(2),
        (true, true) | (false, false) => Some(1),
        // A flag with a value, as in --json=x, is not an option, so it may be a word.
        (false, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Command {
        let flag = |name: &'static str| Arg::new(name).long(name).num_args(0);
        let search = Command::new("search")
            .arg(Arg::new("limit").long("limit"))
            .arg(Arg::new("words").num_args(0..));
        Command::new("dwell")
            .arg(flag("json").global(true))
            .arg(flag("quiet").short('q').global(true))
            .arg(Arg::new("journal").long("journal").global(true))
            .subcommands([search, Command::new("log")])
    }

    #[test]
    fn options_come_before_words_wherever_they_were_typed() {
        for (typed, wanted) in [
            ("search a -b --json", "search --json -- a -b"),
            ("search -b a --limit 3 c", "search --limit 3 -- -b a c"),
            ("search --limit=3 --json=x", "search --limit=3 -- --json=x"),
            ("search --foo - --- -qx -q", "search -q -- --foo - --- -qx"),
            ("search a -- --json -- b", "search -- a --json -- b"),
            ("search --help -h -x", "search --help -h -- -x"),
            ("--journal search search -x", "--journal search search -- -x"),
            ("-q --json search", "-q --json search --"),
            ("search --limit", "search --limit --"),
            ("search search", "search -- search"),
            // Not this verb.
            ("log search -x", "log search -x"),
            ("--bogus search -x", "--bogus search -x"),
            ("log -x", "log -x"),
        ] {
            let args = |text: &str| -> Vec<OsString> {
                std::iter::once("dwell").chain(text.split(' ')).map(OsString::from).collect()
            };
            assert_eq!(move_last("search", args(typed), root), args(wanted), "{typed}");
        }
    }
}
