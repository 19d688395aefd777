//! Highlights: passages that a person marked in a book, which become lessons.
//!
//! They go through three rules, one after the other and one highlight at a time, so that a book
//! may have any number of them: [`gather`] joins those that belong together, [`words`] makes a
//! lesson of each, and [`shelf`] says which lessons the shelf has already.

pub mod book;
pub mod gather;
pub mod shelf;
pub mod words;

use crate::journal::Source;

/// A passage or a note, as a reading device or program stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// The book. Highlights with the same title and author are of one book.
    pub book: Source,
    pub kind: HighlightKind,
    pub place: Place,
    /// The passage, or the words of the note.
    pub text: String,
    /// What the person wrote beside the passage.
    pub note: Option<String>,
    /// Lower-case words without `#`.
    pub tags: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HighlightKind {
    Passage,
    /// A note that stands at a place, and belongs to the passage there.
    Note,
}

/// Where a passage stands in its book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// As the book has it, such as `12` or `xii`.
    pub page: Option<String>,
    /// The first and the last of the places that an electronic book counts.
    pub location: Option<(u64, u64)>,
    /// The name of the chapter.
    pub chapter: Option<String>,
    /// Sorts places that have no location, in the order of the book: for example how far through
    /// the book it is, in millionths, or its number in the file.
    pub order: u64,
}

impl Place {
    /// Whether the locations have a place in common. False if one has none.
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self.location, other.location) {
            (Some((first, last)), Some((begin, end))) => first <= end && begin <= last,
            _ => false,
        }
    }

    /// Whether a note at `other` belongs to a passage here: its location is in that of the passage,
    /// or neither has one and both are on one page.
    pub fn holds(&self, other: &Self) -> bool {
        match (self.location, other.location) {
            (None, None) => self.page.is_some() && self.page == other.page,
            _ => self.overlaps(other),
        }
    }

    /// Sorts the places of a book. Those without a location come last, in their own order.
    pub fn key(&self) -> u64 {
        const WITHOUT: u64 = 1 << 63;
        match self.location {
            Some((first, _)) => first.min(WITHOUT - 1),
            None => self.order | WITHOUT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(location: Option<(u64, u64)>, order: u64) -> Place {
        Place { location, order, ..Place::default() }
    }

    #[test]
    fn places_overlap_where_they_share_a_location() {
        for (one, other, wanted) in [
            (Some((10, 12)), Some((12, 14)), true),
            (Some((10, 12)), Some((13, 14)), false),
            (Some((10, 20)), Some((12, 14)), true),
            (Some((10, 20)), None, false),
            (None, None, false),
        ] {
            assert_eq!(at(one, 0).overlaps(&at(other, 0)), wanted, "{one:?} {other:?}");
            assert_eq!(at(other, 0).overlaps(&at(one, 0)), wanted, "{other:?} {one:?}");
        }
    }

    #[test]
    fn places_without_a_location_come_last_in_their_own_order() {
        let mut places = [at(None, 2), at(Some((9, 9)), 3), at(None, 1), at(Some((3, 4)), 4)];
        places.sort_by_key(Place::key);
        assert_eq!(places.iter().map(|place| place.order).collect::<Vec<_>>(), [4, 3, 1, 2]);
    }
}
