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
    /// Whether text is styled.
    pub color: bool,
    /// How many colours there are to style with.
    pub depth: ColorDepth,
    /// Whether signs beyond ASCII can be drawn.
    pub utf8: bool,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorDepth {
    #[default]
    Sixteen,
    TwoHundredFiftySix,
    True,
}

impl Page {
    /// A page without a width and without styles, for text that goes elsewhere than on a screen.
    pub const UNSET: Self =
        Self { width: None, screen: 80, color: false, depth: ColorDepth::Sixteen, utf8: false };
}
