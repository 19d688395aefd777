//! The places that a setting can come from.

/// Where a value comes from. The first place that has a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Variable,
    File,
    /// A variable that other programs read too, such as `EDITOR`.
    OtherVariable(&'static str),
    Default,
}

impl Origin {
    /// The place as one word of the JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Variable | Self::OtherVariable(_) => "variable",
            Self::File => "file",
            Self::Default => "default",
        }
    }
}
