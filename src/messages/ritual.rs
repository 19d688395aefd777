//! What `dwell` alone and `dwell review` ask and say.

use crate::journal::{Day, Slug};
use crate::messages::{Message, numbers, time};

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

pub fn offer_draft(words: usize, day: Day) -> String {
    format!("There is a draft of {} for {}", numbers::words(words), time::day(day))
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

/// The line at the end, with the number of days that have a reflection.
pub fn saved(days: u64) -> String {
    match days {
        1 => "Saved. Your first day. Tomorrow brings the next lesson.".to_owned(),
        days => format!("Saved. You have written on {}.", numbers::days(days)),
    }
}

/// A number as it stands in a sentence: a word up to twelve.
fn in_a_sentence(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = usize::try_from(number).ok().and_then(|number| WORDS.get(number));
    word.map_or_else(|| numbers::grouped(number.into()), |word| (*word).to_owned())
}
