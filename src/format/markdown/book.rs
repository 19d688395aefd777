//! One file of many days, in the form of a file of one day.

use std::io::{self, Write};

use crate::format::EntryWriter;
use crate::format::markdown::seal::Hash;
use crate::format::markdown::{VERSION, day};
use crate::journal::Entry;

/// Writes days one below the other.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    hash: Hash,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = Self { out, hash: Hash::default() };
        writer.put(&format!("---\ndwell: {VERSION}\n---\n\n"))?;
        Ok(writer)
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.hash.add(text);
        self.out.write_all(text.as_bytes())
    }
}

impl<W: Write> EntryWriter for Writer<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.put(&day::sections(entry))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(self.hash.line().as_bytes())
    }
}
