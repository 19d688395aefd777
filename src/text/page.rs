//! The page that text is set on.

/// Prose is set no wider than this many columns, however wide the terminal is.
pub const WIDEST: usize = 72;

/// The page that text is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The width of a line in columns, or `None` to leave paragraphs on one line.
    pub width: Option<usize>,
    /// The whole width of the terminal, for what is drawn and not read.
    pub screen: usize,
    /// Whether roles can be seen, by colours and the like. Where not, signs stand for some.
    pub color: bool,
    /// Whether signs beyond ASCII can be drawn.
    pub utf8: bool,
}

impl Page {
    /// A page without a width and without roles, for text that goes elsewhere than on a screen.
    pub const UNSET: Self = Self { width: None, screen: 80, color: false, utf8: false };
}
