//! Words that begin with a dash, between options.
//!
//! The parser can read every dash as an option, or every argument after the first word as a word.
//! A person types both: `dwell search morning -walk --json`, `dwell write '- [ ] call Anna'`. So
//! words are moved to the end here, behind `--`, where nothing is an option.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// The verb in which every dash that is no option begins a word.
const SEARCH: &str = "search";

/// The arguments, with their words moved to the end, behind `--`, if one of them begins with a
/// dash. A word is what is neither an option nor its value. An argument that looks like an option
/// stays where it is, so that the parser can say that there is none.
pub(super) fn move_last(args: Vec<OsString>, root: impl FnOnce() -> Command) -> Vec<OsString> {
    if !args.iter().any(|arg| arg == SEARCH || is_dashed_words(arg)) {
        return args;
    }
    let mut root = root();
    root.build();
    let (start, command) = verb_at(&args, &root);
    let is_search = command.get_name() == SEARCH;
    let mut words = Vec::new();
    let mut ordered = args[..start].to_vec();
    let mut rest = args[start..].iter().cloned();
    let mut has_dash = is_search;
    while let Some(arg) = rest.next() {
        if arg == "--" {
            words.extend(rest.by_ref());
        } else if let Some(length) = option(&arg, command) {
            ordered.push(arg);
            ordered.extend(rest.by_ref().take(length - 1));
        } else if is_search || is_dashed_words(&arg) || !may_be_option(&arg) {
            has_dash |= is_dashed_words(&arg);
            words.push(arg);
        } else {
            ordered.push(arg);
        }
    }
    if !has_dash {
        return args;
    }
    ordered.push("--".into());
    ordered.extend(words);
    ordered
}

/// The names of the verb that these arguments begin with: `["step", "add"]`. Empty if there is
/// none.
pub(super) fn verb_names(args: &[OsString], root: &Command) -> Vec<String> {
    let (start, _) = verb_at(args, root);
    let mut names = Vec::new();
    let mut command = root;
    for arg in &args[..start] {
        if let Some(verb) = arg.to_str().and_then(|name| command.find_subcommand(name)) {
            names.push(verb.get_name().to_owned());
            command = verb;
        }
    }
    names
}

/// The innermost verb, and the index of the first argument behind its name. Options may stand
/// before the name.
fn verb_at<'a>(args: &[OsString], root: &'a Command) -> (usize, &'a Command) {
    let (mut start, mut command) = (1.min(args.len()), root);
    let mut at = start;
    while let Some(arg) = args.get(at) {
        if let Some(length) = option(arg, command) {
            at += length;
        } else if let Some(verb) = arg.to_str().and_then(|name| command.find_subcommand(name)) {
            command = verb;
            at += 1;
            start = at;
        } else {
            break;
        }
    }
    (start, command)
}

fn may_be_option(arg: &OsStr) -> bool {
    arg.as_encoded_bytes().starts_with(b"-") && arg != "-"
}

/// Whether an argument begins with a dash and is words all the same: it holds white space, or what
/// follows the dash is no letter, as in the day `-7d`. Only white space in a value, as in
/// `--next=call Anna`, does not make words of an option.
fn is_dashed_words(arg: &OsStr) -> bool {
    let text = arg.to_string_lossy();
    let Some(rest) = text.strip_prefix('-') else { return false };
    let name = rest.strip_prefix('-').unwrap_or(rest);
    let name = name.split_once('=').map_or(name, |(name, _)| name);
    let has_name = name.starts_with(char::is_alphabetic);
    let is_option = has_name && !name.contains(char::is_whitespace);
    !is_option && !rest.is_empty() && rest != "-"
}

/// How many arguments an option is with its value; `None` if this is not an option of the command.
fn option(arg: &OsStr, command: &Command) -> Option<usize> {
    let arg = arg.to_str()?;
    let (name, has_value) = match arg.split_once('=') {
        Some((name, _)) => (name, true),
        None => (arg, false),
    };
    let is_named = |option: &&Arg| match name.strip_prefix("--") {
        Some(long) => option.get_long_and_visible_aliases().is_some_and(|all| all.contains(&long)),
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
        let words = || Arg::new("words").num_args(0..);
        let search = Command::new("search").arg(Arg::new("limit").long("limit")).arg(words());
        let write = Command::new("write").arg(Arg::new("next").long("next")).arg(words());
        let step = Command::new("step")
            .subcommand(Command::new("add").arg(Arg::new("day").long("day")).arg(words()));
        let log = Command::new("log").arg(Arg::new("since").long("since"));
        let day = Arg::new("of").allow_hyphen_values(true);
        let afterthought = Command::new("afterthought").arg(day).arg(words());
        Command::new("dwell")
            .arg(flag("json").global(true))
            .arg(flag("quiet").short('q').global(true))
            .arg(Arg::new("journal").long("journal").global(true))
            .subcommands([search, write, step, afterthought, log])
    }

    #[track_caller]
    fn assert_moved(typed: &[&str], wanted: &[&str]) {
        let args = |words: &[&str]| -> Vec<OsString> {
            std::iter::once(&"dwell").chain(words).map(OsString::from).collect()
        };
        assert_eq!(move_last(args(typed), root), args(wanted), "{typed:?}");
    }

    #[test]
    fn options_come_before_the_words_of_a_search_wherever_they_were_typed() {
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
            ("write search -x", "write search -x"),
        ] {
            let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            assert_moved(&words(typed), &words(wanted));
        }
    }

    #[test]
    fn what_cannot_be_an_option_is_words_in_any_place() {
        for words in ["- [ ] call", "- x", "--- x", "-- said", "->  x", "->x", "---", "-x marks"] {
            assert_moved(&["write", words], &["write", "--", words]);
            let typed = ["write", "a", words, "--json", "b"];
            assert_moved(&typed, &["write", "--json", "--", "a", words, "b"]);
            assert_moved(&["step", "add", words], &["step", "add", "--", words]);
            let typed = ["-q", "step", "--json", "add", words, "--day", "monday"];
            let wanted = ["-q", "step", "--json", "add", "--day", "monday", "--", words];
            assert_moved(&typed, &wanted);
            let typed = ["afterthought", "-7d", words];
            assert_moved(&typed, &["afterthought", "--", "-7d", words]);
            let typed = ["afterthought", "monday", words];
            assert_moved(&typed, &["afterthought", "--", "monday", words]);
        }
    }

    #[test]
    fn options_and_their_values_stay_as_they_are() {
        for typed in [
            &["write", "--netx", "call"][..],
            &["write", "-x", "call"],
            &["write", "--next", "- call Anna", "words"],
            &["write", "--next=- call Anna", "words"],
            &["write", "--next=call Anna"],
            &["write", "--netx=call Anna"],
            &["write", "-"],
            &["write", "--", "- x"],
            &["log", "--since", "-7d"],
        ] {
            let moved = move_last(typed.iter().map(OsString::from).collect(), root);
            let kept: Vec<OsString> = typed.iter().map(OsString::from).collect();
            assert!(moved.iter().filter(|arg| *arg != "--").eq(kept.iter().filter(|a| *a != "--")));
            assert_moved(typed, typed);
        }
        assert_moved(&["afterthought", "-7d", "x"], &["afterthought", "--", "-7d", "x"]);
        let typed = ["write", "--next", "- call Anna", "- more"];
        assert_moved(&typed, &["write", "--next", "- call Anna", "--", "- more"]);
    }

    #[test]
    fn the_verb_of_a_command_line_is_known_by_its_names() {
        let mut built = root();
        built.build();
        for (typed, wanted) in [
            ("dwell", &[][..]),
            ("dwell frob", &[]),
            ("dwell --journal x log --bogus", &["log"]),
            ("dwell step -q add x", &["step", "add"]),
            ("dwell step x add", &["step"]),
        ] {
            let args: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            assert_eq!(verb_names(&args, &built), wanted, "{typed}");
        }
    }
}
