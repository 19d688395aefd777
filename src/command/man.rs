//! `dwell man`

use clap_mangen::Man;

use crate::error::{Error, Result};
use crate::terminal::Terminal;

/// The manual page, of dwell or of one command: dwell man | man -l -
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command, as in dwell man step add
    command: Vec<String>,
}

/// What the command line does not know of itself.
const MORE: &str = r"
.SH DAYS
A day is 2026\-11\-22, 11\-22 (the latest such date), today, yesterday, a weekday (the latest one
past), or a distance: \-7d, \-2w, \-3m, \-1y.
.SH FILES
.TP
$XDG_DATA_HOME/dwell/journal.db
The journal, one SQLite file; ~/.local/share where the variable is not set.
.TP
$XDG_STATE_HOME/dwell/drafts/
Words that are not saved yet; ~/.local/state where the variable is not set.
.TP
$XDG_CONFIG_HOME/dwell/config.toml
The settings; ~/.config where the variable is not set. dwell config \-\-help has the keys.
.TP
$XDG_DATA_HOME/dwell/backups/
Backups, in which dwell forget looks too.
.SH ENVIRONMENT
DWELL_JOURNAL, DWELL_DAY_START, DWELL_ORDER, DWELL_EDITOR, DWELL_COLOR, DWELL_PAGER, DWELL_REST_DAYS,
DWELL_REVIEW_SPANS and DWELL_WEEK_START go before the settings. VISUAL and EDITOR name the editor
where no setting does, and PAGER the pager; blank or cat means no pager. LC_TIME, or LC_ALL or LANG,
names the country whose week it is. NO_COLOR turns styles off; DWELL_NOW sets the clock (RFC 3339 with the zone's offset).
.SH EXIT STATUS
0 done, 1 nothing there, 2 wrong usage or input, 3 the journal could not be read or written, 130 the
person left.
";

pub fn run(args: &Args, terminal: &mut Terminal, mut root: clap::Command) -> Result<()> {
    root.build();
    let mut page = Vec::new();
    if args.command.is_empty() {
        Man::new(root).render(&mut page)?;
        page.extend_from_slice(MORE.as_bytes());
        return Ok(terminal.data(&page)?);
    }
    let mut command = &root;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Error::nothing(format!("no command named {}", args.command.join(" ")))
                .hint("dwell --help")
        })?;
    }
    let name = format!("dwell-{}", args.command.join("-"));
    Man::new(command.clone().display_name(name)).render(&mut page)?;
    Ok(terminal.data(&page)?)
}
