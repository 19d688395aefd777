//! All highlights of a file, in a file of dwell's own that has no name: a file from outside may hold
//! more than the memory does. Of each, only its book and its place are in memory, to sort by.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};

/// A spool that highlights are put into.
#[derive(Debug)]
pub struct Spool {
    file: BufWriter<File>,
    places: Vec<Entry>,
    books: Vec<Source>,
    numbers: HashMap<Source, u32>,
    /// The bytes that are written.
    size: u64,
    bytes: Vec<u8>,
}

/// Where a highlight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    book: u32,
    key: u64,
    /// Where it begins in the file. So a newer one has a higher number.
    at: u64,
    /// Its bytes there.
    length: u32,
}

/// A spool that is complete, sorted by books and places.
#[derive(Debug)]
pub struct SortedSpool {
    file: BufReader<File>,
    at: u64,
    places: Vec<Entry>,
    books: Vec<Source>,
    bytes: Vec<u8>,
}

impl Spool {
    /// Spools into a file that is empty.
    pub fn new(file: File) -> Self {
        Self {
            file: BufWriter::with_capacity(256 << 10, file),
            places: Vec::new(),
            books: Vec::new(),
            numbers: HashMap::new(),
            size: 0,
            bytes: Vec::new(),
        }
    }

    /// Puts a highlight in. Errors if it cannot be written.
    pub fn push(&mut self, highlight: &Highlight) -> io::Result<()> {
        let book = if let Some(book) = self.numbers.get(&highlight.book) {
            *book
        } else {
            let number = u32::try_from(self.books.len()).map_err(io::Error::other)?;
            self.books.push(highlight.book.clone());
            self.numbers.insert(highlight.book.clone(), number);
            number
        };
        self.bytes.clear();
        encode(highlight, &mut self.bytes)?;
        let length = u32::try_from(self.bytes.len()).map_err(io::Error::other)?;
        self.places.push(Entry { book, key: highlight.place.key(), at: self.size, length });
        self.size += self.bytes.len() as u64;
        self.file.write_all(&self.bytes)
    }

    /// Sorts what is in it. Errors if it cannot be written.
    pub fn sort(self) -> io::Result<SortedSpool> {
        let Self { file, mut places, books, numbers, bytes, .. } = self;
        drop(numbers);
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        places.sort_unstable();
        // Books may stand in the file by turns: a larger buffer would be read for each highlight.
        let file = BufReader::with_capacity(4 << 10, file);
        Ok(SortedSpool { file, at: 0, places, books, bytes })
    }
}

impl SortedSpool {
    /// The books in the order of the file, each with the numbers of its highlights.
    pub fn books(&self) -> Vec<(Source, Range<usize>)> {
        let mut start = 0;
        let of_book = |(number, book): (u32, &Source)| {
            let end = start + self.places[start..].partition_point(|entry| entry.book == number);
            (book.clone(), std::mem::replace(&mut start, end)..end)
        };
        (0..).zip(&self.books).map(of_book).collect()
    }

    /// The bytes that these highlights take.
    pub fn size(&self, numbers: Range<usize>) -> u64 {
        self.places[numbers].iter().map(|entry| u64::from(entry.length)).sum()
    }

    /// The highlight of this number, and its age: that of a newer one is higher. Errors if it cannot
    /// be read.
    pub fn highlight(&mut self, number: usize) -> io::Result<(Highlight, u64)> {
        let Entry { book, at, length, .. } = self.places[number];
        match i64::try_from(at).ok().zip(i64::try_from(self.at).ok()) {
            Some((to, from)) => self.file.seek_relative(to - from)?,
            None => _ = self.file.seek(SeekFrom::Start(at))?,
        }
        self.bytes.resize(length as usize, 0);
        self.file.read_exact(&mut self.bytes)?;
        self.at = at + u64::from(length);
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let book = self.books[book as usize].clone();
        Ok((decode(book, &self.bytes).ok_or_else(damaged)?, at))
    }
}

/// Writes a highlight without its book.
fn encode(highlight: &Highlight, bytes: &mut Vec<u8>) -> io::Result<()> {
    let Highlight { kind, place, text, note, tags, .. } = highlight;
    let Place { page, location, chapter, order } = place;
    bytes.push(u8::from(*kind == HighlightKind::Note));
    bytes.push(u8::from(location.is_some()));
    let (first, last) = location.unwrap_or_default();
    for number in [*order, first, last] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    let optional = [note, page, chapter].map(Option::as_deref);
    let texts = [Some(text.as_str())].into_iter().chain(optional);
    for text in texts.chain(tags.iter().map(|tag| Some(tag.as_str()))) {
        let length = text.map_or(Ok(u32::MAX), |text| u32::try_from(text.len()));
        bytes.extend_from_slice(&length.map_err(io::Error::other)?.to_le_bytes());
        bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
    }
    Ok(())
}

fn decode(book: Source, bytes: &[u8]) -> Option<Highlight> {
    let (flags, mut rest) = bytes.split_at_checked(2)?;
    let mut number = || {
        let (number, after) = rest.split_at_checked(8)?;
        rest = after;
        Some(u64::from_le_bytes(number.try_into().ok()?))
    };
    let (order, first, last) = (number()?, number()?, number()?);
    let mut text = || {
        let (length, after) = rest.split_at_checked(4)?;
        let length = u32::from_le_bytes(length.try_into().ok()?);
        let length = if length == u32::MAX { None } else { Some(length as usize) };
        let (text, after) = after.split_at_checked(length.unwrap_or(0))?;
        rest = after;
        Some(length.and_then(|_| String::from_utf8(text.to_vec()).ok()))
    };
    let (passage, note, page, chapter) = (text()??, text()?, text()?, text()?);
    let tags = std::iter::from_fn(|| text().flatten()).collect();
    let kind = if flags[0] == 1 { HighlightKind::Note } else { HighlightKind::Passage };
    let location = (flags[1] == 1).then_some((first, last));
    let place = Place { page, location, chapter, order };
    Some(Highlight { book, kind, place, text: passage, note, tags })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_come_back_as_they_were_by_books_and_places() {
        let highlight =
            |book: &str, location, text: &str, note: Option<&str>, tags: &[&str]| Highlight {
                book: Source { title: book.to_owned(), ..Source::default() },
                kind: if note.is_some() { HighlightKind::Note } else { HighlightKind::Passage },
                place: Place {
                    page: note.map(str::to_owned),
                    location,
                    chapter: Some(String::new()),
                    order: 7,
                },
                text: text.to_owned(),
                note: note.map(str::to_owned),
                tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            };
        let all = [
            highlight("b", Some((9, 12)), "words\n\0 and", None, &["one", "two"]),
            highlight("a", None, "仕事", Some("note"), &[]),
            highlight("b", Some((3, 4)), "", Some(""), &["x"]),
            highlight("a", Some((1, 1)), "first", None, &[]),
        ];
        let mut spool = Spool::new(tempfile::tempfile().expect("a file"));
        for highlight in &all {
            spool.push(highlight).expect("written");
        }
        let mut spool = spool.sort().expect("written");
        let books = spool.books();
        let titles: Vec<&str> = books.iter().map(|(book, _)| book.title.as_str()).collect();
        assert_eq!(titles, ["b", "a"]);
        assert_eq!(books[1].1, 2..4);
        let mut read = |number| spool.highlight(number).expect("read").0;
        assert_eq!([0, 1, 2, 3].map(&mut read), [2, 0, 3, 1].map(|at: usize| all[at].clone()));
    }
}
