//! The keys of the settings file: their names, what they take, and what they are without it.

use std::path::Path;
use std::str::FromStr;

use chrono::Weekday;

use crate::journal::lesson::plan::Order;
use crate::journal::look_back::rest::RestWeekdays;
use crate::journal::look_back::review::Distances;
use crate::journal::{DayStart, ParseError, ValueKind};
use crate::terminal::ColorChoice;

/// A key of `config.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The path of the journal file.
    Journal,
    /// The local time at which the day starts.
    DayStart,
    /// In which order waiting lessons come.
    Order,
    /// The command that edits a text.
    Editor,
    /// When output is styled.
    Color,
    /// The command that long output goes through; blank for none.
    Pager,
    /// The weekdays that neither break nor lengthen a run.
    RestDays,
    /// How far back a review goes.
    ReviewSpans,
    /// The first day of the week.
    WeekStart,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Variable,
    File,
    Default,
}

impl Setting {
    pub const ALL: [Self; 9] = [
        Self::Journal,
        Self::DayStart,
        Self::Order,
        Self::Editor,
        Self::Color,
        Self::Pager,
        Self::RestDays,
        Self::ReviewSpans,
        Self::WeekStart,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Journal => "journal",
            Self::DayStart => "day_start",
            Self::Order => "order",
            Self::Editor => "editor",
            Self::Color => "color",
            Self::Pager => "pager",
            Self::RestDays => "rest_days",
            Self::ReviewSpans => "review_spans",
            Self::WeekStart => "week_start",
        }
    }

    /// The environment variable that goes before the file.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Journal => "DWELL_JOURNAL",
            Self::DayStart => "DWELL_DAY_START",
            Self::Order => "DWELL_ORDER",
            Self::Editor => "DWELL_EDITOR",
            Self::Color => "DWELL_COLOR",
            Self::Pager => "DWELL_PAGER",
            Self::RestDays => "DWELL_REST_DAYS",
            Self::ReviewSpans => "DWELL_REVIEW_SPANS",
            Self::WeekStart => "DWELL_WEEK_START",
        }
    }

    /// Says what the key takes where the value is none of that.
    pub fn check(self, value: &str) -> Result<(), &'static str> {
        let (fits, wanted) = match self {
            Self::Journal => (!value.trim().is_empty(), "a path"),
            Self::DayStart => (value.parse::<DayStart>().is_ok(), "a time from 00:00 to 12:00"),
            Self::Order => (order(value).is_some(), "series or mixed"),
            Self::Editor | Self::Pager => (shell_words::split(value).is_ok(), "a command"),
            Self::Color => (color(value).is_some(), "auto, always or never"),
            Self::RestDays => (value.parse::<RestWeekdays>().is_ok(), "weekdays, or none"),
            Self::ReviewSpans => {
                (value.parse::<Distances>().is_ok(), "distances such as 1w 6m years")
            }
            Self::WeekStart => (week_start(value).is_some(), "a weekday, or auto"),
        };
        if fits { Ok(()) } else { Err(wanted) }
    }

    /// The same for a value in the file, which is read from every folder.
    pub fn check_in_file(self, value: &str) -> Result<(), &'static str> {
        match self {
            Self::Journal if !Path::new(value).is_absolute() => Err("an absolute path"),
            _ => self.check(value),
        }
    }

    pub(super) fn default_value(self, data: &Path) -> String {
        match self {
            Self::Journal => data.join("dwell").join("journal.db").display().to_string(),
            Self::DayStart => DayStart::default().to_string(),
            Self::Order => "series".to_owned(),
            Self::Editor | Self::Pager => String::new(),
            Self::Color => color_word(ColorChoice::default()).to_owned(),
            Self::RestDays => "none".to_owned(),
            Self::ReviewSpans => Distances::default().to_string(),
            Self::WeekStart => "auto".to_owned(),
        }
    }
}

impl FromStr for Setting {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let found = Self::ALL.into_iter().find(|key| key.name() == text);
        found.ok_or_else(|| ParseError::new(ValueKind::Setting, text))
    }
}

impl Origin {
    /// Where the value stands, to follow it in a sentence.
    pub fn of(self, key: Setting) -> String {
        match self {
            Self::Flag => format!(" in --{}", key.name()),
            Self::Variable => format!(" in {}", key.variable()),
            Self::File => " in config.toml".to_owned(),
            Self::Default => String::new(),
        }
    }
}

pub(super) fn order(word: &str) -> Option<Order> {
    match word {
        "series" => Some(Order::Series),
        "mixed" => Some(Order::Mixed),
        _ => None,
    }
}

/// The first day of the week: `None` for a word that means none, `Some(None)` for the country's.
#[expect(clippy::option_option, reason = "no word for it, and a word for none, are two things")]
pub(super) fn week_start(word: &str) -> Option<Option<Weekday>> {
    if word == "auto" { Some(None) } else { word.parse().ok().map(Some) }
}

pub(super) fn color(word: &str) -> Option<ColorChoice> {
    [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never]
        .into_iter()
        .find(|choice| color_word(*choice) == word)
}

pub(super) fn color_word(color: ColorChoice) -> &'static str {
    match color {
        ColorChoice::Auto => "auto",
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
    }
}
