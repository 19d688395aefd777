//! The series of a book: which one on the shelf it is, or how a new one is named.

use sha2::{Digest, Sha256};

use crate::journal::lesson::slug::plain_words;
use crate::journal::{Slug, Source};

/// The most characters of a slug.
const LONGEST: usize = 64;

/// Whether the lessons of a series are from this book.
pub fn is_of(series: &Source, book: &Source) -> bool {
    (&series.title, &series.kind, &series.by) == (&book.title, &book.kind, &book.by)
}

/// A slug for the series of a book that no other one has: its title, with its author or a number
/// if that is taken.
pub fn slug(book: &Source, is_taken: impl Fn(&Slug) -> bool) -> Slug {
    let title = match plain_words(&book.title) {
        words if words.is_empty() => format!("{}-{}", kind(book), digits(book)),
        words => words,
    };
    let author = plain_words(book.by.as_deref().unwrap_or_default());
    let with = |end: &str| {
        let room = LONGEST.saturating_sub(end.len() + 1);
        let start = title.get(..room).unwrap_or(&title).trim_end_matches('-');
        format!("{start}-{end}")
    };
    let with_author = (!author.is_empty() && author.len() < LONGEST / 2).then(|| with(&author));
    let numbered = (2_u32..).map(|number| with(&number.to_string()));
    let all = std::iter::once(title.clone()).chain(with_author).chain(numbered);
    let mut free = all.filter_map(|slug| slug.parse().ok()).filter(|slug| !is_taken(slug));
    match free.next() {
        Some(slug) => slug,
        None => unreachable!("there are more numbers than series"),
    }
}

/// The kind of a book as a part of a slug.
fn kind(book: &Source) -> String {
    Some(plain_words(&book.kind)).filter(|kind| !kind.is_empty()).unwrap_or("book".to_owned())
}

/// Eight digits that are always the same for a book.
fn digits(book: &Source) -> String {
    let mut hash = Sha256::new();
    for part in [&book.title, book.by.as_ref().unwrap_or(&String::new())] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let [first, second, third, fourth, ..] = <[u8; 32]>::from(hash.finalize());
    format!("{:08x}", u32::from_be_bytes([first, second, third, fourth]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str, by: Option<&str>, taken: &[&str]) -> String {
        let (title, by) = (title.to_owned(), by.map(str::to_owned));
        let book = Source { title, kind: "book".to_owned(), by, ..Source::default() };
        slug(&book, |slug| taken.contains(&slug.as_str())).to_string()
    }

    #[test]
    fn a_book_has_a_short_name_that_no_other_has() {
        for (title, by, taken, wanted) in [
            ("Field Notes", Some("Mara Voss"), &[][..], "field-notes"),
            ("Field Notes", Some("Mara Voss"), &["field-notes"], "field-notes-mara-voss"),
            ("Field Notes", None, &["field-notes", "field-notes-2"], "field-notes-3"),
            ("Field Notes", Some("A"), &["field-notes", "field-notes-a"], "field-notes-2"),
            ("\u{4ed5}\u{4e8b}", None, &[], "book-2f5a32c6"),
        ] {
            assert_eq!(named(title, by, taken), wanted, "{title}");
        }
        let long = "word ".repeat(30);
        let first = named(&long, Some("Mara Voss"), &[]);
        let second = named(&long, Some("Mara Voss"), &[&first]);
        assert!(second.ends_with("-mara-voss") && second.len() <= LONGEST, "{second}");
    }
}
