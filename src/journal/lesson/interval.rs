//! Spans of time after which a lesson comes again.

use std::str::FromStr;

/// When a lesson is to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    Week,
    Month,
    Season,
    Year,
    Never,
}

impl Interval {
    pub const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Season, Self::Year, Self::Never];

    /// Its word on the command line and in a draft.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Season => "season",
            Self::Year => "year",
            Self::Never => "never",
        }
    }
}

impl FromStr for Interval {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|interval| interval.as_str() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_reads_back_from_its_word() {
        for interval in Interval::ALL {
            assert_eq!(interval.as_str().parse(), Ok(interval));
        }
        assert!("soon".parse::<Interval>().is_err());
    }
}
