//! The series of a person's own lessons, and what stands in a lesson that came without it.
//!
//! These words are part of lessons: they are stored with them, and are not told by the program.

use crate::journal::lesson::slug::Slug;
use crate::journal::lesson::{Series, Source};

/// The question of a lesson that came without one.
pub const QUESTION: &str = "What does this say to you today?";

/// The title of the series, and of its source.
const TITLE: &str = "My own lessons";

impl Series {
    /// The series of a person's own lessons, without a lesson.
    pub fn own() -> Self {
        let kind = "own".to_owned();
        let source = Source { title: TITLE.to_owned(), kind, ..Source::default() };
        Self::new(Slug::of_own_lessons(), TITLE.to_owned(), source, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_name_of_the_own_lessons_is_one_that_can_be_typed() {
        let own = Series::own();
        assert_eq!(own.slug.as_str().parse(), Ok(own.slug));
    }
}
