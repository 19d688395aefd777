//! The commands as a shell completes them.

use clap::CommandFactory;
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use crate::cli::Cli;
use crate::command;

impl Cli {
    /// The commands as a shell completes them.
    pub fn to_complete() -> clap::Command {
        let verbs = ArgValueCandidates::new(verbs);
        Self::command().mut_subcommand("man", |man| man.mut_arg("command", |arg| arg.add(verbs)))
    }
}

/// The verbs, and the verbs in verbs, to be completed.
fn verbs() -> Vec<CompletionCandidate> {
    let root = Cli::command();
    let all =
        root.get_subcommands().flat_map(|verb| [verb].into_iter().chain(verb.get_subcommands()));
    let mut names: Vec<&str> = all.map(clap::Command::get_name).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().filter_map(|name| command::completions::candidate(name, None)).collect()
}
