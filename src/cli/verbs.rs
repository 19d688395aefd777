//! The verbs that are run with a context, and which code runs for each.

use clap::Subcommand;

use crate::command;
use crate::command::Context;
use crate::command::error::Result;
use crate::command::words::Words;
use crate::terminal::Terminal;

/// The verbs that need all settings. The others work even if there is a mistake in the settings.
#[derive(Debug, Subcommand)]
pub(super) enum WithSettings {
    Today(command::today::Args),
    Why(command::why::Args),
    Series(command::series::Args),
    Lesson(command::lesson::Args),
    Write(command::write::Args),
    Step(command::step::Args),
    Afterthought(command::afterthought::Args),
    Edit(command::edit::Args),
    Delete(command::delete::Args),
    Undo(command::undo::Args),
    Redo(command::redo::Args),
    Forget(command::forget::Args),
    Show(command::show::Args),
    Log(command::log::Args),
    Search(command::search::Args),
    Tags(command::tags::Args),
    Browse(command::browse::Args),
    Calendar(command::calendar::Args),
    Review(command::review::Args),
    Stats(command::stats::Args),
    Remind(command::remind::Args),
    Rest(command::rest::Args),
    Quiet(command::quiet::Args),
    Backup(command::backup::Args),
    Restore(command::restore::Args),
    Export(command::export::Args),
    Import(command::import::Args),
    Doctor(command::doctor::Args),
    Config(command::config::Args),
    Lock(command::lock::Args),
    Unlock(command::unlock::Args),
    Passphrase(command::passphrase::Args),
}

impl WithSettings {
    /// The words that come with the command, as arguments or on standard input.
    pub(super) fn words(&self, terminal: &Terminal) -> Option<Words> {
        match self {
            Self::Write(args) => args.words(terminal),
            Self::Step(args) => args.words(terminal),
            Self::Afterthought(args) => args.words(terminal),
            Self::Edit(args) => args.words(terminal),
            Self::Lesson(args) => args.words(terminal),
            _ => None,
        }
    }

    pub(super) fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Today(args) => command::today::run(args, context),
            Self::Why(args) => command::why::run(args, context),
            Self::Series(args) => command::series::run(args, context),
            Self::Lesson(args) => command::lesson::run(args, context),
            Self::Write(args) => command::write::run(args, context),
            Self::Step(args) => command::step::run(args, context),
            Self::Afterthought(args) => command::afterthought::run(args, context),
            Self::Edit(args) => command::edit::run(args, context),
            Self::Delete(args) => command::delete::run(args, context),
            Self::Undo(args) => command::undo::run(args, context),
            Self::Redo(args) => command::redo::run(args, context),
            Self::Forget(args) => command::forget::run(args, context),
            Self::Show(args) => command::show::run(args, context),
            Self::Log(args) => command::log::run(args, context),
            Self::Search(args) => command::search::run(args, context),
            Self::Tags(args) => command::tags::run(args, context),
            Self::Browse(args) => command::browse::run(args, context),
            Self::Calendar(args) => command::calendar::run(args, context),
            Self::Review(args) => command::review::run(args, context),
            Self::Stats(args) => command::stats::run(args, context),
            Self::Remind(args) => command::remind::run(args, context),
            Self::Rest(args) => command::rest::run(args, context),
            Self::Quiet(args) => command::quiet::run(args, context),
            Self::Backup(args) => command::backup::run(args, context),
            Self::Restore(args) => command::restore::run(args, context),
            Self::Export(args) => command::export::run(args, context),
            Self::Import(args) => command::import::run(args, context),
            Self::Doctor(args) => command::doctor::run(args, context),
            Self::Config(args) => command::config::run(args, context),
            Self::Lock(args) => command::lock::run(args, context),
            Self::Unlock(args) => command::unlock::run(args, context),
            Self::Passphrase(args) => command::passphrase::run(args, context),
        }
    }
}
