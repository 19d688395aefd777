//! The values that settings take, and how the text of each is read.
//!
//! A reader gives `None` for a text that its setting does not take. Where a text stands, and which
//! of several counts, is decided elsewhere.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::str::FromStr;

use chrono::Weekday;

use crate::journal::DayStart;
use crate::journal::entry::step::Fading;
use crate::journal::entry::takeaway::Takeaway;
use crate::journal::lesson::plan::Order;
use crate::journal::look_back::rest::RestWeekdays;
use crate::journal::look_back::review::Distances;
use crate::terminal::ColorChoice;

/// The values of all settings.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub journal: PathBuf,
    /// `None` if there is no mirror.
    pub mirror: Option<PathBuf>,
    pub day_start: DayStart,
    pub order: Order,
    /// `None` if no editor is set, or a blank one.
    pub editor: Option<String>,
    /// `None` if no command is set, or a blank one.
    pub passphrase_command: Option<String>,
    pub color: ColorChoice,
    /// `None` if no pager is set; blank means no pager.
    pub pager: Option<String>,
    pub rest_days: RestWeekdays,
    pub step_fades: Fading,
    pub review_spans: Distances,
    pub week_start: WeekStart,
    pub screen: ScreenUse,
    pub takeaway: Takeaway,
}

/// How dwell uses the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScreenUse {
    /// The whole screen for writing and browsing.
    #[default]
    Page,
    /// Plain lines, which are only added, and words instead of drawings.
    Lines,
}

/// The first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WeekStart {
    /// As in the person's country.
    #[default]
    Auto,
    On(Weekday),
}

pub(super) fn put<T>(field: &mut T, value: Option<T>) -> Option<()> {
    *field = value?;
    Some(())
}

pub(super) fn parsed<T: FromStr>(text: &OsStr) -> Option<T> {
    text.to_str()?.parse().ok()
}

pub(super) fn path(text: &OsStr) -> Option<PathBuf> {
    // A path need not be UTF-8, so it is used as it is.
    let is_blank = text.to_str().is_some_and(|text| text.trim().is_empty());
    (!is_blank).then(|| PathBuf::from(text))
}

pub(super) fn order(text: &OsStr) -> Option<Order> {
    match text.to_str()? {
        "series" => Some(Order::Series),
        "mixed" => Some(Order::Mixed),
        _ => None,
    }
}

/// A command that a shell can read, without white space around it.
pub(super) fn command(text: &OsStr) -> Option<String> {
    let text = text.to_str()?.trim();
    shell_words::split(text).is_ok().then(|| text.to_owned())
}

pub(super) fn not_blank(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

pub(super) fn color(text: &OsStr) -> Option<ColorChoice> {
    [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never]
        .into_iter()
        .find(|choice| text == color_word(*choice))
}

pub(super) fn color_word(color: ColorChoice) -> &'static str {
    match color {
        ColorChoice::Auto => "auto",
        ColorChoice::Always => "always",
        ColorChoice::Never => "never",
    }
}

pub(super) fn screen(text: &OsStr) -> Option<ScreenUse> {
    match text.to_str()? {
        "page" => Some(ScreenUse::Page),
        "lines" => Some(ScreenUse::Lines),
        _ => None,
    }
}

pub(super) fn takeaway(text: &OsStr) -> Option<Takeaway> {
    match text.to_str()? {
        "before" => Some(Takeaway::BeforeWriting),
        "after" => Some(Takeaway::AfterWriting),
        _ => None,
    }
}

pub(super) fn week_start(text: &OsStr) -> Option<WeekStart> {
    match text.to_str()? {
        "auto" => Some(WeekStart::Auto),
        weekday => weekday.parse().ok().map(WeekStart::On),
    }
}
