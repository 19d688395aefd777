//! What text is laid out for: a screen of a certain width, or no screen.

/// Prose is at most this many columns wide, however wide the terminal is.
pub const WIDEST: usize = 72;

/// What text is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The width of a line in columns, or `None` to leave paragraphs on one line.
    pub width: Option<usize>,
    /// The width of the terminal in columns, for calendars, which may be wider than prose.
    pub screen: usize,
    /// Whether roles are shown, as colours or other styles. If not, signs stand for some of them.
    pub color: bool,
    /// Whether characters beyond ASCII can be shown.
    pub utf8: bool,
    /// Whether it is heard rather than seen: words and numbers stand instead of drawings, and
    /// nothing is aligned or cut.
    pub in_words: bool,
}

impl Page {
    /// A page without a width and without styles, for text that is not shown on a screen.
    pub const UNSET: Self =
        Self { width: None, screen: 80, color: false, utf8: false, in_words: false };
}
