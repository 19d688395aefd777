//! `dwell export jsonl`: the lessons and the facts of the journal.

use std::io::Write;
use std::path::Path;

use crate::command::Context;
use crate::command::error::Result;
use crate::command::export::Args;
use crate::command::export::output::{Output, failed};
use crate::format::jsonl;
use crate::messages::export;
use crate::store::Store;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let store = context.store_to_read()?;
    let path = args.output.as_deref();
    let lines = Output::write(path, &mut context.terminal, |out| write(&store, path, out))?;
    match path {
        Some(path) => Ok(context.terminal.say(&export::exported_lines(lines, path))?),
        None => Ok(()),
    }
}

/// Writes the header, the lessons and the facts. Returns the number of lines.
fn write(store: &Store, path: Option<&Path>, out: &mut Output) -> Result<usize> {
    let mut lines = 0;
    let mut write = |line: String| {
        lines += 1;
        out.write_all(line.as_bytes()).map_err(|error| failed(path, error))
    };
    write(jsonl::header())?;
    store.each_stored_lesson(|lesson| write(jsonl::lesson(lesson)))?;
    store.each_fact(|fact| write(jsonl::fact(fact)))?;
    Ok(lines)
}
