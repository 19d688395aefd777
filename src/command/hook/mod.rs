//! `dwell hook`: code for the start file of a shell.
//!
//! The code is fixed text: people may keep it in a file. It runs `greet.rs`, which on a day whose
//! lesson was served only looks at the journal; and the completions of the shell are in it, so that
//! no other process is needed for them. A shell waits for all this, so it is answered before the
//! command line is parsed.
//!
//! A shell that evaluates the code at its start would run two processes each time. So where the
//! reader is a shell and the day is done already, one line before the code names the shell that
//! need not run the second.

mod greet;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::ValueEnum;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

use crate::command::completions::VARIABLE;
use crate::command::error::{Error, Result};
use crate::config::Environment;
use crate::messages;
use crate::platform;
use crate::terminal::Terminal;

/// Code for your shell: today's lesson once a day, and completions
///
/// Put one line into the start file of the shell:
/// bash:        eval "$(dwell hook bash)"
/// zsh:         eval "$(dwell hook zsh)"
/// fish:        dwell hook fish | source
/// powershell:  Invoke-Expression (& dwell hook powershell | Out-String)
/// In nushell, run these once, and again after an update of dwell:
/// mkdir $nu.user-autoload-dirs.0
/// dwell hook nushell | save -f ($nu.user-autoload-dirs.0 | path join dwell.nu)
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell hook bash")]
#[command(verbatim_doc_comment)]
pub struct Args {
    #[arg(required_unless_present = "greet")]
    shell: Option<Shell>,
    /// Show today's lesson if no shell has shown it today; what the code runs
    #[arg(long, hide = true, conflicts_with = "shell")]
    greet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Fish,
    Nushell,
    Powershell,
    Zsh,
}

pub fn run(args: &Args, environment: &Environment, terminal: &mut Terminal) -> Result<()> {
    let Some(shell) = args.shell else {
        greet::greet(environment);
        return Ok(());
    };
    let code = code(shell).map_err(|error| Error::usage(messages::program::no_hook(&error)))?;
    Ok(terminal.data(&code)?)
}

/// Answers what a shell asks at its start, without a parser. False if these arguments, of which the
/// first is the program's name, are anything else.
pub fn answer(args: &[OsString]) -> bool {
    let [_, verb, what] = args else { return false };
    if verb != "hook" {
        return false;
    }
    if what == "--greet" {
        greet::greet(&Environment::of_process());
        return true;
    }
    let Some(shell) = what.to_str().and_then(|name| Shell::from_str(name, false).ok()) else {
        return false;
    };
    let Ok(code) = code(shell) else { return false };
    let done_in = if platform::output_is_pipe() { done_in(shell) } else { String::new() };
    // A shell that reads no more has what it wants.
    let _ = io::stdout().write_all(&[done_in.as_bytes(), &code].concat());
    true
}

/// A line that tells the shell which started this process that its day is done; empty if it is not.
/// In any other shell the line means nothing, so it may be kept in a file with the code.
fn done_in(shell: Shell) -> String {
    // The shell is the parent or, where it has forked once more, the leader of the group.
    let Some([parent, leader]) = platform::parent_and_leader() else { return String::new() };
    if shell == Shell::Nushell || !greet::is_done(&Environment::of_process()) {
        return String::new();
    }
    match shell {
        Shell::Fish => format!("set -g __dwell_done_in {parent} {leader}\n"),
        Shell::Powershell => format!("$global:__dwell_done_in = {parent}, {leader}\n"),
        _ => format!("__dwell_done_in=,{parent},{leader},\n"),
    }
}

/// The code for a shell.
fn code(shell: Shell) -> io::Result<Vec<u8>> {
    let (template, completer): (&str, Option<&dyn EnvCompleter>) = match shell {
        Shell::Bash => (include_str!("hook.bash"), Some(&Bash)),
        Shell::Fish => (include_str!("hook.fish"), Some(&Fish)),
        Shell::Nushell => (include_str!("hook.nu"), None),
        Shell::Powershell => (include_str!("hook.ps1"), Some(&Powershell)),
        Shell::Zsh => (include_str!("hook.zsh"), Some(&Zsh)),
    };
    let mut code = Vec::new();
    let (before, after) = template.split_once(COMPLETIONS).unwrap_or((template, ""));
    code.extend_from_slice(before.as_bytes());
    if let Some(completer) = completer {
        completer.write_registration(VARIABLE, "dwell", "dwell", "dwell", &mut code)?;
    }
    code.extend_from_slice(after.as_bytes());
    Ok(code)
}

/// The line of a template in whose place the completions stand.
const COMPLETIONS: &str = "# COMPLETIONS\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_completions_stand_in_the_code_of_every_shell() {
        for shell in Shell::value_variants() {
            let code = String::from_utf8(code(*shell).expect("written")).expect("UTF-8");
            assert!(!code.contains(COMPLETIONS), "{shell:?}");
            assert!(code.contains(VARIABLE), "{code}");
            assert_eq!(code.matches("hook --greet").count(), 1, "{code}");
        }
    }
}
