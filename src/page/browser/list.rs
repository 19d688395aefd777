//! A list with one item chosen, of which a part is on the screen.
//!
//! It may be a window of a longer list: then it says when the chosen item comes near its end, so
//! that the next window is read before anybody gets there.

use crate::journal::{Day, LessonId, Slug};
use crate::text::Line;

/// What an item stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Day(Day),
    Lesson(LessonId),
    Series(Slug),
}

/// An item, which is drawn on two rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) target: Target,
    pub(super) first: Line,
    /// Signs at the end of the second row.
    pub(super) marks: String,
    pub(super) second: Line,
}

#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) items: Vec<Item>,
    pub(super) chosen: usize,
    /// The first item on the screen.
    pub(super) top: usize,
    /// There are more before the first item, which are not read.
    pub(super) has_before: bool,
    /// The same after the last one.
    pub(super) has_after: bool,
}

impl List {
    pub(super) fn chosen(&self) -> Option<&Item> {
        self.items.get(self.chosen)
    }

    /// Chooses the item at this distance, as far as there are any.
    pub(super) fn move_by(&mut self, steps: isize) {
        let last = self.items.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(steps).min(last);
    }

    /// Moves what is on the screen as little as possible, so that the chosen item is there.
    pub(super) fn scroll(&mut self, visible: usize) {
        let visible = visible.max(1);
        self.chosen = self.chosen.min(self.items.len().saturating_sub(1));
        self.top = self.top.clamp((self.chosen + 1).saturating_sub(visible), self.chosen);
        self.top = self.top.min(self.items.len().saturating_sub(visible));
    }

    /// Whether fewer than a screen of items are left before an end that is not the true one.
    pub(super) fn is_near_end(&self, visible: usize) -> bool {
        let after = self.items.len().saturating_sub(self.chosen + 1);
        (self.has_before && self.chosen < visible) || (self.has_after && after < visible)
    }

    /// Puts other items in the place of these. The chosen item stays on its row of the screen.
    pub(super) fn replace(&mut self, items: Vec<Item>, chosen: usize) {
        let row = self.chosen.saturating_sub(self.top);
        self.items = items;
        self.chosen = chosen.min(self.items.len().saturating_sub(1));
        self.top = self.chosen.saturating_sub(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(items: usize) -> List {
        let item = |number: usize| Item {
            target: Target::Day(crate::journal::testing::day(&format!("19{number:02}-01-01"))),
            first: Line::new(),
            marks: String::new(),
            second: Line::new(),
        };
        List { items: (0..items).map(item).collect(), ..List::default() }
    }

    #[test]
    fn an_end_that_is_not_the_true_one_is_near_within_a_screen() {
        let mut list = list(30);
        assert!(!list.is_near_end(5));
        list.has_after = true;
        list.move_by(24);
        assert!(!list.is_near_end(5));
        list.move_by(1);
        assert!(list.is_near_end(5));
        list.has_after = false;
        list.has_before = true;
        assert!(!list.is_near_end(5));
        list.move_by(-21);
        assert!(list.is_near_end(5));
    }

    proptest! {
        #[test]
        fn the_chosen_item_is_always_on_the_screen(
            count in 0usize..40,
            steps in proptest::collection::vec((-50isize..50, 0usize..20), 1..20),
        ) {
            let mut list = list(count);
            for (step, visible) in steps {
                list.move_by(step);
                list.scroll(visible);
                prop_assert!(list.chosen < count.max(1));
                prop_assert!(list.top <= list.chosen);
                prop_assert!(list.chosen < list.top + visible.max(1));
            }
        }
    }
}
