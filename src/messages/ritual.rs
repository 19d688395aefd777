//! What `dwell` alone and `dwell review` ask and say.

use crate::drafts::Purpose;
use crate::journal::look_back::review::Distance;
use crate::journal::{Day, Slug};
use crate::messages::{Message, numbers, saving, time};

pub const TAKE_UP: &str = "take it up";
pub const LEAVE: &str = "leave it for later";
pub const THROW_AWAY: &str = "throw it away";
pub const CONFIRM_THROW_AWAY: &str = "Throw these words away for good?";

/// The keys of a review.
pub const NEXT: &str = "next";
pub const BACK: &str = "back";
pub const AFTERTHOUGHT: &str = "afterthought";
pub const STOP: &str = "stop";

pub fn love(is_loved: bool) -> &'static str {
    if is_loved { "no longer love" } else { "love" }
}

pub fn loved(is_loved: bool, title: &str) -> String {
    format!("{}: {title}", if is_loved { "loved" } else { "no longer loved" })
}

pub fn offer_draft(words: usize, purpose: Purpose, day: Option<Day>) -> String {
    let words = numbers::words(words);
    let what = match purpose {
        Purpose::Add => words,
        other => format!("{} with {words}", saving::purpose_of_draft(other)),
    };
    let day = day.map_or_else(String::new, |day| format!(" for {}", time::day(day)));
    format!("There is a draft of {what}{day}")
}

/// Offers to bring the lessons of a series back in a season.
pub fn offer_series_again(lessons: u32) -> String {
    match lessons {
        1 => "Bring this lesson back in three months?".to_owned(),
        number => format!("Bring these {} lessons back in three months?", in_a_sentence(number)),
    }
}

/// Asked at the end of a series, below what the person wrote. Takes the number of lessons there.
pub fn which_stays(lessons: u32) -> String {
    let which = match lessons {
        1 => "Does this one stay".to_owned(),
        number => format!("Which of these {} stays", in_a_sentence(number)),
    };
    format!("{which} with you, and where did you learn something like it?")
}

pub fn series_comes_again(due: Day) -> String {
    format!("They come again from {due} on.")
}

pub fn series_can_come_again(slug: &Slug) -> String {
    format!("dwell series again {slug} brings them back at any time.")
}

/// For a person who left at a question after the reflection was saved.
pub fn stopped_after_saving() -> Message {
    Message::new("stopped; your words are saved")
}

/// What was done in one run of `dwell`, for the line at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// Words were saved; takes the number of days that have a reflection.
    Written { days: u64 },
    /// What was written stays a draft.
    Kept,
    /// A next step was saved.
    Stepped,
    /// A step was answered.
    Answered { is_written: bool },
    /// A question was asked, and nothing was saved.
    Nothing { is_written: bool },
}

/// The line at the end.
pub fn closing(closing: Closing) -> String {
    match closing {
        Closing::Written { days: 1 } => {
            "Saved. Your first day. Tomorrow brings the next lesson.".to_owned()
        }
        Closing::Written { days } => format!("Saved. You have written on {}.", numbers::days(days)),
        Closing::Kept => "Kept as a draft. dwell goes on with it.".to_owned(),
        Closing::Stepped => "Your next step is saved.".to_owned(),
        Closing::Answered { is_written: true } => "Your answer is saved.".to_owned(),
        Closing::Answered { is_written: false } => {
            "Your answer is saved. Nothing is written today.".to_owned()
        }
        Closing::Nothing { is_written: true } => "Your words of today are saved.".to_owned(),
        Closing::Nothing { is_written: false } => saving::NOTHING_WRITTEN.to_owned(),
    }
}

/// The beginning of a line from the past, before its first sentence; and the command that shows all
/// of it, after it.
pub fn from_the_past(distance: Distance, day: Day, is_from_today: bool) -> [String; 2] {
    [format!("{}: ", time::distance_back(distance, is_from_today)), format!("  (dwell show {day})")]
}

/// What can be done next, for somebody who is new. `dot` stands between the commands.
pub fn what_next(dot: &str) -> String {
    ["dwell edit", "dwell undo", "dwell review"].join(dot)
}

pub const LAST_WEEK: &str = "Your last week on one screen: dwell review week -7d";

/// A number as it stands in a sentence: a word up to twelve.
fn in_a_sentence(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = usize::try_from(number).ok().and_then(|number| WORDS.get(number));
    word.map_or_else(|| numbers::grouped(number.into()), |word| (*word).to_owned())
}
