//! The help of every verb: it fits on a screen, says what a day may be, and has an example that can
//! be typed.

use std::ffi::OsString;
use std::iter;

use clap::{Command, CommandFactory};
use dwell::cli::Cli;

use crate::sandbox::Sandbox;

/// The names of all verbs, with those of verbs in verbs.
fn verbs(command: &Command, names: &[String], found: &mut Vec<(Vec<String>, Command)>) {
    for verb in command.get_subcommands() {
        let names = [names, &[verb.get_name().to_owned()]].concat();
        verbs(verb, &names, found);
        found.push((names, verb.clone()));
    }
}

fn all_verbs() -> Vec<(Vec<String>, Command)> {
    let mut found = Vec::new();
    verbs(&Cli::command(), &[], &mut found);
    found
}

fn takes(verb: &Command, value: &str) -> bool {
    verb.get_arguments().any(|arg| {
        arg.get_value_names()
            .unwrap_or_default()
            .iter()
            .any(|name| name.split(' ').any(|one| one == value))
    })
}

#[test]
fn the_help_of_every_verb_fits_on_a_screen_and_has_an_example_that_can_be_typed() {
    let sandbox = Sandbox::new();
    let all = all_verbs();
    assert!(all.len() > 35, "{}", all.len());
    for (names, verb) in all {
        let args: Vec<&str> = names.iter().map(String::as_str).chain(["--help"]).collect();
        let help = sandbox.ok(&args);
        // One line less than the screen, for the prompt below.
        assert!(help.lines().count() <= 23, "{names:?}: {}\n{help}", help.lines().count());
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{names:?}\n{help}");
        assert!(!help.contains("\n\n\n"), "{names:?}\n{help}");
        assert_eq!(help.contains("DAY is 2026-11-22, 11-22"), takes(&verb, "DAY"), "{help}");
        assert_eq!(help.contains("TIME is 2026, 2026-11"), takes(&verb, "TIME"), "{help}");
        assert!(help.ends_with("see dwell man\n"), "{help}");
        let example = help.lines().find_map(|line| line.strip_prefix("Example: "));
        let example = example.unwrap_or_else(|| panic!("{names:?} has no example"));
        let typed: Vec<OsString> = shell_words::split(example)
            .expect("a shell can read it")
            .into_iter()
            .map(OsString::from)
            .collect();
        let first: Vec<OsString> = names.iter().map(OsString::from).collect();
        assert!(typed[1..].starts_with(&first[..1]), "{example}");
        assert!(Cli::read(&typed).is_ok(), "{example}");
        assert_eq!(sandbox.ok(&[&args[..args.len() - 1], &["-h"]].concat()), help, "{names:?}");
    }
}

#[test]
fn help_is_asked_for_in_any_way() {
    let sandbox = Sandbox::new();
    let wanted = sandbox.ok(&["step", "add", "--help"]);
    for args in [
        &["help", "step", "add"][..],
        &["step", "help", "add"],
        &["step", "add", "-h"],
        &["--json", "step", "add", "-q", "--help"],
    ] {
        assert_eq!(sandbox.ok(args), wanted, "{args:?}");
    }
    assert!(sandbox.ok(&["help"]).lines().count() <= 23);
    assert_eq!(sandbox.ok(&["help"]), sandbox.ok(&["--help"]));
}

#[test]
fn the_form_of_a_series_file_in_the_help_is_one() {
    let sandbox = Sandbox::new();
    let help = sandbox.ok(&["series", "add", "--help"]);
    let form: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("  slug"))
        .take_while(|line| line.starts_with("  "))
        .map(str::trim)
        .collect();
    let path = sandbox.home().join("form.toml");
    std::fs::write(&path, form.join("\n")).expect("written");
    sandbox.ok(&["series", "add", path.to_str().expect("UTF-8")]);
}

#[test]
fn each_command_that_a_manual_page_names_has_a_page_and_no_command_lacks_one() {
    let sandbox = Sandbox::new();
    let folder = sandbox.home().display().to_string();
    let wrote = sandbox.run(&["man", "--output", &folder]);
    assert_eq!(wrote.code, 0, "{}", wrote.err);
    assert_eq!(sandbox.run(&["--quiet", "man", "--output", &folder]).err, "");
    let mut pages = vec!["dwell".to_owned()];
    pages.extend(all_verbs().iter().map(|(names, _)| format!("dwell-{}", names.join("-"))));
    assert!(wrote.err.starts_with(&format!("wrote {} pages to ", pages.len())), "{}", wrote.err);
    let read = |page: &String| {
        std::fs::read_to_string(sandbox.home().join(format!("{page}.1"))).expect("a page")
    };
    let named = pages.iter().flat_map(|page| {
        let names = read(page).replace("\\-", "-");
        names
            .lines()
            .filter_map(|line| line.strip_suffix("(1)").map(str::to_owned))
            .collect::<Vec<_>>()
    });
    let mut named: Vec<_> = iter::once("dwell".to_owned()).chain(named).collect();
    named.sort();
    pages.sort();
    assert_eq!(named, pages);
    assert_eq!(read(&"dwell-step-add".to_owned()), sandbox.ok(&["man", "step", "add"]));
    assert_eq!(read(&"dwell".to_owned()), sandbox.ok(&["man"]));
    let refused = sandbox.run(&["man", "--output", "/dev/null/folder"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{}", refused.err);
}
