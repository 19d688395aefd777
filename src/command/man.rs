//! `dwell man`

use clap_mangen::Man;

use crate::error::{Error, Result};
use crate::terminal::Terminal;

/// The manual page, of dwell or of one command: dwell man | man -l -
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command
    command: Option<String>,
}

pub fn run(args: &Args, terminal: &mut Terminal, mut root: clap::Command) -> Result<()> {
    root.build();
    let command = match &args.command {
        None => root,
        Some(name) => root
            .find_subcommand(name)
            .map(|command| command.clone().display_name(format!("dwell-{name}")))
            .ok_or_else(|| {
                Error::nothing(format!("no command named {name}")).hint("dwell --help")
            })?,
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(terminal.data(&page)?)
}
