//! Highlights: passages that a person marked in a book, which become lessons.

use std::cmp::Ordering;

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

    /// The order of two places in a book.
    pub fn cmp_in_book(&self, other: &Self) -> Ordering {
        let location = |place: &Self| place.location.map_or(u64::MAX, |(first, _)| first);
        location(self).cmp(&location(other)).then(self.order.cmp(&other.order))
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
        places.sort_by(Place::cmp_in_book);
        assert_eq!(places.iter().map(|place| place.order).collect::<Vec<_>>(), [4, 3, 1, 2]);
    }
}
