//! The series that ship inside the program, and the files that series are written in.
//!
//! The shipped series are the files of the `lessons` folder, byte for byte, in shelf order. They
//! enter a journal once; from then on the journal has its own copy.

mod series_file;

use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::journal::Series;

pub use series_file::{parse, read};

/// The files, in the order in which the series stand on a new shelf.
const SHIPPED: [&str; 1] = [include_str!("../../lessons/the-defiant-ones.toml")];

/// The series that ship with the program, in shelf order.
pub fn shipped() -> Result<Vec<Series>> {
    SHIPPED.iter().map(|text| parse(text)).collect()
}

/// Tells this set of shipped series from that of another release.
pub fn fingerprint() -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in SHIPPED {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::reflection::words;

    #[test]
    fn every_shipped_series_reads_and_keeps_to_its_lengths() {
        for series in shipped().expect("readable") {
            assert_eq!(series.lessons.len(), 5, "{}", series.slug);
            for lesson in &series.lessons {
                let at = format!("{}: {}", series.slug, lesson.title);
                assert!(
                    (90..=160).contains(&words(&lesson.story)),
                    "{at}: {}",
                    words(&lesson.story)
                );
                let takeaway = words(&lesson.takeaway);
                assert!((30..=60).contains(&takeaway), "{at}: {takeaway}");
                assert_eq!(lesson.question.matches('?').count(), 1, "{at}");
                assert!(lesson.question.ends_with('?'), "{at}");
                assert!((1..=3).contains(&lesson.tags.len()), "{at}");
            }
        }
    }

    #[test]
    fn the_first_series_is_the_defiant_ones() {
        let shipped = shipped().expect("readable");
        assert_eq!(shipped[0].slug.as_str(), "the-defiant-ones");
        assert_eq!(shipped[0].source.year, Some(2017));
    }
}
