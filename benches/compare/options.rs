//! What can be asked of the comparison.

use std::path::PathBuf;

use clap::Parser;

/// Runs dwell beside other programs, in turn, and prints medians and ratios.
///
/// It needs the `sqlite3` program. Where ripgrep, jrnl, valgrind, strace or GNU time is missing,
/// the cells that need it are left out by name. On a busy machine, run it as
/// `chrt -f 50 taskset -c 1 cargo bench --bench compare`.
#[derive(Debug, Parser)]
pub struct Options {
    /// The number of runs of a cell, after some that warm the caches
    #[arg(long, default_value_t = 100)]
    pub runs: usize,
    /// Only the cells with this in their name or their group
    #[arg(long, value_name = "WORDS")]
    pub only: Option<String>,
    /// The dwell that is measured, in place of the release build of these sources
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_dwell"))]
    pub bin: PathBuf,
    /// An earlier dwell, for the cell of the first run ever
    #[arg(long, value_name = "PATH")]
    pub old: Option<PathBuf>,
    /// The bounds are those of a static build
    #[arg(long = "static")]
    pub is_static: bool,
    /// Writes the table into README.md and the plot into docs/pictures
    #[arg(long)]
    pub write: bool,
    /// Fails if a bound is not met
    #[arg(long)]
    pub check: bool,
    /// Given by cargo
    #[arg(long, hide = true)]
    pub bench: bool,
}
