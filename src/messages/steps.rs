//! Next steps.

use crate::journal::entry::step::OpenStep;
use crate::journal::{Day, Step, StepState};
use crate::messages::{Message, numbers, time};
use crate::text::one_line;

pub const ASK: &str = "Your next step:";
/// The question that may be left empty.
pub const ASK_IF_ANY: &str = "Your next step, if there is one:";
pub const ASK_WHEN: &str = "When? (Enter for no time)";

/// The answers to the question after a step.
pub const DONE: &str = "done";
pub const PARTLY: &str = "partly";
pub const NOT_YET: &str = "not yet";
pub const LET_GO: &str = "let go";

/// The state of a step in a word.
pub fn state(state: StepState) -> &'static str {
    match state {
        StepState::Open => "open",
        StepState::Done => DONE,
        StepState::Partly => PARTLY,
        StepState::Dropped => LET_GO,
    }
}

/// The question about a step of an earlier day.
pub fn ask_after(open: &OpenStep, today: Day) -> String {
    let OpenStep { day, step, .. } = open;
    let then = match today.days_since(*day) {
        1 => "Yesterday".to_owned(),
        2..=6 => format!("On {}", time::weekday(day.weekday())),
        _ => format!("On {}", time::day(*day)),
    };
    format!("{then} you meant to: {}", with_when(&step.text, step.when.as_deref()))
}

/// A step with the moment for which it is planned.
pub fn with_when(step: &str, when: Option<&str>) -> String {
    when.map_or_else(|| step.to_owned(), |when| format!("{step} ({when})"))
}

pub fn none_open() -> Message {
    Message::new("no step is open").hint("dwell step add TEXT")
}

/// Says that all open steps have faded.
pub fn only_faded() -> Message {
    Message::new("the only open steps are older ones that faded").hint("dwell step --all")
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

/// Says which step a new one replaced. It follows the message on the new one.
pub fn replaced(old: &str) -> String {
    format!("the next step took the place of: {}", one_line(old))
}

/// Takes the step as it is after the answer.
pub fn answered(step: &Step) -> String {
    format!("saved as {}: {}", state(step.state), with_outcome(step))
}

pub fn answered_already(step: &Step) -> String {
    format!("it has the answer '{}' already: {}", state(step.state), with_outcome(step))
}

fn with_outcome(step: &Step) -> String {
    let Step { text, outcome, .. } = step;
    outcome.as_ref().map_or_else(|| text.clone(), |outcome| format!("{text} ({outcome})"))
}

/// Says how many steps were let go; the steps are shown before it.
pub fn let_go(steps: usize) -> String {
    format!("let go of {}", numbers::count(steps as u64, "step", "steps"))
}

pub fn none_before(day: Day) -> Message {
    Message::new(format!("no step from before {day} is open")).hint("dwell step --all")
}

/// The open steps that faded, as a count.
pub fn faded(steps: usize) -> String {
    format!("{} faded: dwell step --all", numbers::count(steps as u64, "older step", "older steps"))
}
