//! The help of a verb: one layout for all, which fits on a screen of 24 lines.
//!
//! What the verb does comes first, then how it is typed, its arguments, what a day or a time may
//! be, an example, and one line for the options that are the same everywhere. The manual has all
//! of it at length.

use clap::builder::Resettable;
use clap::{Arg, ArgAction, Command};

use crate::messages::parse::{DAY_FORMS, TIME_FORMS};

/// The first page of help. A test checks that it fits on one screen and names every verb.
pub(super) const HELP: &str = "\
{about}

{usage-heading} dwell [OPTIONS] [COMMAND]      dwell COMMAND --help says more

Today's lesson
  dwell alone      the lesson; then asks for what is missing
  today, why, series, lesson   its entry; why it came; what comes next
Writing
  write            save a reflection, from a terminal, an editor or a pipe
  step, afterthought  the one next step; a dated line on an old reflection
  edit, delete, undo, redo, forget  change, remove, take back, put back, erase
Looking back
  browse, show, log, search   all on one screen; one day; entries; words in them
  review, quiet, rest   a week, months and years ago; review week, month, year
  calendar, stats, tags   a year as a map; days, words and your tags counted
The program
  backup, restore, doctor  a checked copy, and back to it; is everything well
  lock, unlock, passphrase  only your passphrase opens the journal
  export, import, config, status, hook, remind, completions, man
Options
  --journal PATH   --json   --color auto|always|never   -q, --quiet
  --no-input       --no-page   -h, --help   -V, --version
Example: dwell log --since -1m --tag work
";

/// The last line: the options that every verb takes.
const EVERYWHERE: &str =
    "Everywhere: -q, --json, --color, --journal, --no-input, --no-page; see dwell man";

/// The commands in the form in which their help is shown.
pub(super) fn fit_to_a_screen(root: Command) -> Command {
    let hide_global = |arg: Arg| {
        let is_global = arg.is_global_set();
        arg.hide(is_global)
    };
    root.mut_args(hide_global).mut_subcommands(fitted)
}

fn fitted(command: Command) -> Command {
    let about = command.get_long_about().or(command.get_about()).cloned().unwrap_or_default();
    let after = after(&command);
    let has_options = command.get_opts().chain(flags(&command)).any(|option| !option.is_hide_set());
    let sections = [
        (command.get_positionals().next().is_some(), "{positionals}"),
        (has_options, "{options}"),
        (command.has_subcommands(), "{subcommands}"),
    ];
    let sections =
        sections.into_iter().filter_map(|(is_there, section)| is_there.then_some(section));
    let sections = sections.collect::<Vec<_>>().join("\n");
    let gap = if sections.is_empty() { "" } else { "\n\n" };
    let template =
        format!("{{before-help}}{{usage-heading}} {{usage}}{gap}{sections}{{after-help}}\n");
    command
        .mut_args(|arg| arg.long_help(Resettable::Reset))
        .mut_subcommands(fitted)
        .before_help(about)
        .long_about(Resettable::Reset)
        .after_help(after)
        .after_long_help(Resettable::Reset)
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(Arg::new("help").long("help").short('h').action(ArgAction::Help).hide(true))
}

fn flags(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !arg.is_positional() && !arg.get_action().takes_values())
}

/// What stands below the arguments.
fn after(command: &Command) -> String {
    let takes = |name: &str| {
        command.get_arguments().any(|arg| {
            let names = arg.get_value_names().unwrap_or_default();
            names.iter().any(|value| value.split(' ').any(|one| one == name))
        })
    };
    let mut lines = Vec::new();
    let own = [command.get_after_long_help(), command.get_after_help()];
    lines.extend(own.into_iter().flatten().map(ToString::to_string));
    if takes("DAY") {
        lines.push(DAY_FORMS.replacen("a day", "A DAY", 1));
    }
    if takes("TIME") {
        lines.push(TIME_FORMS.replacen("a time", "A TIME", 1));
    }
    lines.push(EVERYWHERE.to_owned());
    lines.join("\n")
}
