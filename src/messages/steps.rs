//! Next steps.

use crate::journal::{Day, StepState};
use crate::messages::{Message, time};

pub const ASK: &str = "Your next step:";
/// The question that may be left empty.
pub const ASK_IF_ANY: &str = "Your next step, if there is one:";

/// The answers to the question after a step.
pub const DONE: &str = "done";
pub const PARTLY: &str = "partly";
pub const NOT_YET: &str = "not yet";
pub const LET_GO: &str = "let it go";

/// The state of a step in a word.
pub fn state(state: StepState) -> &'static str {
    match state {
        StepState::Open => "open",
        StepState::Done => DONE,
        StepState::Partly => PARTLY,
        StepState::Dropped => "dropped",
    }
}

/// The question about a step of an earlier day.
pub fn ask_after(step: &str, day: Day, today: Day) -> String {
    let when = match today.days_since(day) {
        1 => "Yesterday".to_owned(),
        _ => format!("On {}", time::day(day)),
    };
    format!("{when} you meant to: {step}")
}

pub fn none_open() -> Message {
    Message::new("no step is open").hint("dwell step add TEXT")
}

pub fn none_on(day: Day) -> Message {
    Message::new(format!("{day} has no step")).hint("dwell step")
}

pub fn no_words() -> Message {
    Message::new("the step has no words").hint("dwell step add TEXT")
}

pub fn saved(day: Day) -> String {
    format!("saved the next step of {day}")
}

/// Says which step was replaced, if the person did not see it. It follows the message on the new one.
pub fn replaced(old: &str) -> String {
    format!("it took the place of: {old}")
}

pub fn answered(step: &str, answer: StepState) -> String {
    format!("saved as {}: {step}", state(answer))
}

pub fn answered_already(step: &str, answer: StepState) -> String {
    format!("it is {} already: {step}", state(answer))
}
