//! Where everything stands on the screen of the browser.
//!
//! From top to bottom: the title, the list and the text, and a last line of keys. From
//! [`TWO_PANES`] columns on both panes stand side by side; below that the one that has the keys.
//! Margins, the line below the title and the empty row above the keys are those of the page.

use ratatui_core::layout::Rect;

use crate::page::browser::{Above, Browser, Pane};

/// From this number of columns on there are two panes.
const TWO_PANES: u16 = 80;
/// The columns between them, with a line in the middle.
const GAP: u16 = 3;
/// From this number of rows on there is a line below the title.
const RULED: u16 = 12;
/// From this number of rows on there is an empty row above the keys.
const ROOMY: u16 = 20;
/// The rows of an item.
pub(super) const ITEM_ROWS: u16 = 2;

/// Where everything is on the screen.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) title: Rect,
    /// The line below the title.
    pub(super) rule: Rect,
    pub(super) list: Option<Rect>,
    /// The line between the list and the text.
    pub(super) divider: Option<Rect>,
    pub(super) text: Option<Rect>,
    /// The list and the text together.
    pub(super) body: Rect,
    pub(super) bottom: Rect,
}

/// The empty columns at both sides.
fn margin(width: u16) -> u16 {
    match width {
        ..40 => 0,
        40..110 => 1,
        _ => 2,
    }
}

impl Browser {
    pub(super) fn has_two_panes(&self) -> bool {
        self.size.0 >= TWO_PANES
    }

    /// The number of items that the screen has room for.
    pub(super) fn visible(&self) -> usize {
        (self.text_height() / usize::from(ITEM_ROWS)).max(1)
    }

    /// The rows of the text, or of whatever stands between the title and the keys.
    pub(super) fn text_height(&self) -> usize {
        let (width, height) = self.size;
        usize::from(self.layout(Rect { x: 0, y: 0, width, height }, 1).body.height).max(1)
    }

    /// Where everything stands when the last lines take this number of rows.
    pub(super) fn layout(&self, area: Rect, bottom_rows: u16) -> Layout {
        let margin = margin(area.width);
        let inner = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
        let title = Rect { height: inner.height.min(1), ..inner };
        // The map of a year has to have room for what its signs mean.
        let is_scarce = area.height < ROOMY && matches!(self.above, Some(Above::Calendar(_)));
        let has_rule = area.height >= RULED && !is_scarce;
        let rule = Rect { y: title.bottom(), height: u16::from(has_rule), ..inner };
        let rows = bottom_rows.min(inner.height - title.height - rule.height);
        let bottom = Rect { y: inner.bottom() - rows, height: rows, ..inner };
        let gap = u16::from(area.height >= ROOMY);
        let height = bottom.y.saturating_sub(rule.bottom() + gap);
        let body = Rect { y: rule.bottom(), height, ..inner };
        let (list, divider, text) = self.panes(body);
        Layout { title, rule, list, divider, text, body, bottom }
    }

    fn panes(&self, body: Rect) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
        if self.has_two_panes() {
            let list = Rect { width: (body.width * 3 / 8).clamp(29, 60), ..body };
            let divider = Rect { x: list.right() + GAP / 2, width: 1, ..body };
            let x = list.right() + GAP;
            let text = Rect { x, width: body.right().saturating_sub(x), ..body };
            (Some(list), Some(divider), Some(text))
        } else if self.pane == Pane::List {
            (Some(body), None, None)
        } else {
            (None, None, Some(body))
        }
    }
}
