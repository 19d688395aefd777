//! The commands that a shell runs at every start, read by hand: the parser takes longer to make
//! its commands and to read with them than the journal takes to be read.
//!
//! Only the plainest forms are read here, of which the parser would make the same value. All else
//! is left to it: an option that is repeated, shortened or joined to its value by `=`, help, words
//! that nobody knows. A new verb of this kind is an arm in [`verb`].

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use crate::cli::{Cli, Options, Verb, WithSettings};
use crate::command::{status, today};

/// The command line in these arguments, of which the first is the program's name; `None` if it is
/// left to the parser.
pub(super) fn read(args: &[OsString]) -> Option<Cli> {
    let (_program, args) = args.split_first()?;
    let mut cli = Cli { options: Options::default(), verb: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let arg = arg.to_str()?;
        let is_new = match arg {
            "--json" => set(&mut cli.options.json),
            "--quiet" | "-q" => set(&mut cli.options.quiet),
            "--journal" => cli.options.journal.replace(value(args.next()?)?).is_none(),
            _ if arg.starts_with('-') => option(cli.verb.as_mut()?, arg)?,
            _ => cli.verb.replace(verb(arg)?).is_none(),
        };
        if !is_new {
            return None;
        }
    }
    Some(cli)
}

/// The verb of this name, without its options.
fn verb(name: &str) -> Option<Verb> {
    match name {
        "status" => Some(Verb::Status(status::Args::default())),
        "today" => Some(Verb::WithSettings(WithSettings::Today(today::Args::default()))),
        _ => None,
    }
}

/// Sets an option of a verb; false if it was set before.
fn option(verb: &mut Verb, option: &str) -> Option<bool> {
    match (verb, option) {
        (Verb::WithSettings(WithSettings::Today(args)), "--if-new") => Some(set(&mut args.if_new)),
        _ => None,
    }
}

/// Sets a flag; false if it was set before.
fn set(flag: &mut bool) -> bool {
    !std::mem::replace(flag, true)
}

/// The value of an option: not empty, and nothing that the parser might take for an option.
fn value(arg: &OsStr) -> Option<PathBuf> {
    let first = arg.as_encoded_bytes().first()?;
    (*first != b'-').then(|| PathBuf::from(arg))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn args(words: &[&str]) -> Vec<OsString> {
        ["dwell"].iter().chain(words).map(OsString::from).collect()
    }

    #[track_caller]
    fn assert_as_parsed(words: &[&str]) {
        let by_hand = read(&args(words)).unwrap_or_else(|| panic!("not read: {words:?}"));
        let parsed = Cli::by_parser(&args(words)).expect("parsed");
        assert_eq!(format!("{by_hand:?}"), format!("{parsed:?}"), "{words:?}");
    }

    #[test]
    fn what_shells_and_scripts_type_is_read_without_the_parser() {
        for words in [
            &[][..],
            &["--json"],
            &["-q"],
            &["--quiet", "--journal", "/a/b.db"],
            &["today"],
            &["today", "--json"],
            &["--json", "today", "--if-new"],
            &["today", "--if-new", "-q", "--journal", "a b"],
            &["status"],
            &["--journal", "/a", "status", "--json"],
            &["--journal", "today", "today"],
            &["--journal", "today"],
        ] {
            assert_as_parsed(words);
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for words in [
            &["today", "today"][..],
            &["--json", "--json"],
            &["-q", "--quiet"],
            &["-qq"],
            &["--journal"],
            &["--journal", ""],
            &["--journal", "--json"],
            &["--journal", "-"],
            &["--journal=a"],
            &["--journal", "a", "--journal", "b"],
            &["--if-new"],
            &["--if-new", "today"],
            &["status", "--if-new"],
            &["status", "today"],
            &["today", "--if-new", "--if-new"],
            &["today", "--if"],
            &["--jso"],
            &["--help"],
            &["today", "-h"],
            &["-V"],
            &["help"],
            &["tod"],
            &["Today"],
            &["today", "--earlier"],
            &["today", "x"],
            &["--", "today"],
            &["log"],
            &[""],
        ] {
            assert!(read(&args(words)).is_none(), "{words:?}");
        }
        assert!(read(&[]).is_none());
    }

    proptest! {
        #[test]
        fn what_is_read_by_hand_is_what_the_parser_reads(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "today", "status", "--json", "--quiet", "-q", "--if-new", "--journal", "/a", "", "-", "--",
                    "--journal=/a", "--jso", "help", "--help", "-V", "--earlier", "--no-page", "log",
                    "-qh", "--json=true", "today=1", "世",
                ]),
                0..6,
            ),
        ) {
            if let Some(by_hand) = read(&args(&words)) {
                let parsed = Cli::by_parser(&args(&words));
                let parsed = parsed.map_err(|error| error.to_string());
                prop_assert_eq!(Ok(format!("{by_hand:?}")), parsed.map(|cli| format!("{cli:?}")));
            }
        }
    }
}
