//! The commands as they are parsed. A verb is made only if its name was typed: to make all of them
//! takes longer than to read the journal.

use std::ffi::OsString;

use clap::{Args, Command};

use crate::cli::Options;
use crate::command::{
    afterthought, backup, browse, calendar, completions, config, delete, doctor, edit, export,
    forget, hook, import, lesson, lock, log, man, passphrase, quiet, redo, remind, rest, restore,
    review, search, series, show, stats, status, step, tags, today, undo, unlock, why, write,
};

/// Adds the arguments of a verb to its command.
type Arguments = fn(Command) -> Command;

/// The root with its options and the verbs whose names are among these arguments, without help
/// texts of its own. No other verb can be the one that is meant.
pub(super) fn command(args: &[OsString]) -> Command {
    let verbs: [(&'static str, Arguments); 36] = [
        ("completions", completions::Args::augment_args),
        ("man", man::Args::augment_args),
        ("hook", hook::Args::augment_args),
        ("status", status::Args::augment_args),
        ("today", today::Args::augment_args),
        ("why", why::Args::augment_args),
        ("series", series::Args::augment_args),
        ("lesson", lesson::Args::augment_args),
        ("write", write::Args::augment_args),
        ("step", step::Args::augment_args),
        ("afterthought", afterthought::Args::augment_args),
        ("edit", edit::Args::augment_args),
        ("delete", delete::Args::augment_args),
        ("undo", undo::Args::augment_args),
        ("redo", redo::Args::augment_args),
        ("forget", forget::Args::augment_args),
        ("show", show::Args::augment_args),
        ("log", log::Args::augment_args),
        ("search", search::Args::augment_args),
        ("tags", tags::Args::augment_args),
        ("browse", browse::Args::augment_args),
        ("calendar", calendar::Args::augment_args),
        ("review", review::Args::augment_args),
        ("stats", stats::Args::augment_args),
        ("remind", remind::Args::augment_args),
        ("rest", rest::Args::augment_args),
        ("quiet", quiet::Args::augment_args),
        ("backup", backup::Args::augment_args),
        ("restore", restore::Args::augment_args),
        ("export", export::Args::augment_args),
        ("import", import::Args::augment_args),
        ("doctor", doctor::Args::augment_args),
        ("config", config::Args::augment_args),
        ("lock", lock::Args::augment_args),
        ("unlock", unlock::Args::augment_args),
        ("passphrase", passphrase::Args::augment_args),
    ];
    let typed = verbs.into_iter().filter(|(name, _)| args.iter().any(|arg| arg == name));
    let verbs = typed.map(|(name, arguments)| Command::new(name).defer(arguments));
    Options::augment_args(Command::new("dwell"))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommands(verbs)
}
