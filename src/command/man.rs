//! `dwell man`

use std::fs;
use std::io;
use std::iter;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::ArgValueCompleter;
use clap_mangen::Man;

use crate::command::completions;

use crate::command::error::{Error, Result};
use crate::config::{Setting, TABLE};
use crate::messages;
use crate::messages::{export, settings};
use crate::terminal::Terminal;

/// The manual page, of dwell or of one command: dwell man | man -l -
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell man step add")]
pub struct Args {
    /// The command, as in dwell man step add
    command: Vec<String>,
    /// Write a page for each command into this folder
    #[arg(
        long,
        short,
        value_name = "FOLDER",
        conflicts_with = "command",
        add = ArgValueCompleter::new(completions::paths)
    )]
    output: Option<PathBuf>,
}

/// The parts of the page that clap cannot write. The settings stand between the two.
const DAYS_AND_FILES: &str = r"
.SH DAYS
A day is 2026\-11\-22, 11\-22 (the latest such date), today, yesterday, a weekday (the latest one
past), or a distance: \-7d, \-2w, \-3m, \-1y. A time is a day, 2026, 2026\-11, 2026\-W47 (a week of
ISO 8601) or the name of a month.
.SH FILES
.TP
$XDG_DATA_HOME/dwell/journal.db
The journal, one SQLite file; ~/.local/share where the variable is not set.
.TP
$XDG_STATE_HOME/dwell/drafts/
Words that are not saved yet; ~/.local/state where the variable is not set.
.TP
$XDG_CONFIG_HOME/dwell/config.toml
The settings; ~/.config where the variable is not set.
.TP
$XDG_DATA_HOME/dwell/backups/
Backups, in which dwell forget looks too.
.SH SETTINGS
";

const ENVIRONMENT_AND_EXIT_STATUS: &str = r"
.SH ENVIRONMENT
The variable of a setting is used instead of the file. VISUAL and EDITOR name the editor
where no setting does, and PAGER the pager; blank or cat means no pager. LC_TIME, or LC_ALL or LANG,
names the country whose week it is. NO_COLOR turns styles off; DWELL_NOW sets the clock (RFC 3339
with the zone's offset).
.SH EXIT STATUS
0 done, 1 nothing there, 2 wrong usage or input, 3 the journal could not be read or written, 130
stopped by the person.
";

pub fn run(args: &Args, quiet: bool, terminal: &mut Terminal, mut root: Command) -> Result<()> {
    root.build();
    if let Some(folder) = &args.output {
        let pages = write_all(&root, "dwell", folder)
            .map_err(|error| Error::usage(export::folder_not_written(folder, &error)))?;
        let said = (!quiet).then(|| messages::program::wrote_pages(pages, folder));
        return Ok(said.map_or(Ok(()), |said| terminal.say(&said))?);
    }
    let mut command = &root;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Error::nothing(messages::program::no_command(&args.command.join(" ")))
        })?;
    }
    let names = iter::once("dwell").chain(args.command.iter().map(String::as_str));
    let name = names.collect::<Vec<_>>().join("-");
    Ok(terminal.data(page(command, &name)?)?)
}

/// Writes the page of a command and those of its own commands; how many these are. The files are
/// for everybody on this machine, and replace those of an earlier release.
fn write_all(command: &Command, name: &str, folder: &Path) -> io::Result<u64> {
    fs::write(folder.join(format!("{name}.1")), page(command, name)?)?;
    let commands = command.get_subcommands().filter(|command| command.get_name() != HELP);
    commands
        .map(|one| write_all(one, &format!("{name}-{}", one.get_name()), folder))
        .try_fold(1, |pages, more| Ok(pages + more?))
}

/// The command of clap that shows what `--help` shows, and has no page.
const HELP: &str = "help";

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let mut command = command.clone().display_name(name.to_owned());
    if command.find_subcommand(HELP).is_some() {
        command = command.mut_subcommand(HELP, |help| help.hide(true));
    }
    let is_root = command.get_name() == name;
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    if is_root {
        page.extend_from_slice(DAYS_AND_FILES.as_bytes());
        page.extend(TABLE.iter().flat_map(|setting| paragraph(setting).into_bytes()));
        page.extend_from_slice(ENVIRONMENT_AND_EXIT_STATUS.trim_start().as_bytes());
    }
    Ok(page)
}

/// A setting as a paragraph of the page.
fn paragraph(setting: &Setting) -> String {
    let (help, default) = (settings::help(setting), settings::default(setting));
    let text = format!("{}, {}\n{help}; {default}\n", setting.name, setting.variable);
    format!(".TP\n{}", text.replace('-', "\\-"))
}
