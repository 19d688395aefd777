//! The question after the step of an earlier day, which a letter answers.

use std::time::{Duration, Instant};

use crate::journal::entry::step::OpenStep;
use crate::journal::{Day, StepState};
use crate::messages::steps;

/// An answer counts only if nothing else is typed for this long: somebody who begins a sentence
/// gives no answer with its first letter.
const ALONE: Duration = Duration::from_millis(200);

/// A question after one step.
#[derive(Debug)]
pub(super) struct StepQuestion {
    pub(super) question: String,
    /// The text of the step.
    pub(super) step: String,
    answer: Option<Answer>,
    /// A letter that was just typed and may begin a sentence.
    pending: Option<(char, Instant)>,
}

/// What a letter says of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    NotYet,
    Is(StepState),
}

/// The letters, with what each says.
pub(super) const ANSWERS: [(char, &str, Answer); 4] = [
    ('d', steps::DONE, Answer::Is(StepState::Done)),
    ('p', steps::PARTLY, Answer::Is(StepState::Partly)),
    ('n', steps::NOT_YET, Answer::NotYet),
    ('l', steps::LET_GO, Answer::Is(StepState::Dropped)),
];

impl StepQuestion {
    pub(super) fn new(open: &OpenStep, today: Day) -> Self {
        Self {
            question: steps::ask_after(open, today),
            step: open.step.text.clone(),
            answer: None,
            pending: None,
        }
    }

    /// The state that the person gave the step; `None` if it stays open.
    pub(super) fn answer(&self) -> Option<StepState> {
        match self.answer {
            Some(Answer::Is(state)) => Some(state),
            Some(Answer::NotYet) | None => None,
        }
    }

    /// The answer in words.
    pub(super) fn answer_in_words(&self) -> Option<&'static str> {
        let answer = self.answer?;
        ANSWERS.iter().find(|(.., one)| *one == answer).map(|(_, words, _)| *words)
    }

    pub(super) fn leave_open(&mut self) {
        self.answer = Some(Answer::NotYet);
    }

    /// Takes a letter that may be an answer. False if it is none.
    pub(super) fn type_letter(&mut self, letter: char, now: Instant) -> bool {
        let is_answer = ANSWERS.iter().any(|(one, ..)| letter.to_lowercase().eq([*one]));
        if is_answer {
            self.pending = Some((letter, now + ALONE));
        }
        is_answer
    }

    /// Takes the letter back that was not an answer, because more was typed at once.
    pub(super) fn take_back(&mut self) -> Option<char> {
        self.pending.take().map(|(letter, _)| letter)
    }

    /// When the letter that was typed becomes the answer.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.pending.map(|(_, deadline)| deadline)
    }

    /// Makes the letter the answer if it stood alone long enough. True if it did.
    pub(super) fn settle(&mut self, now: Instant) -> bool {
        if self.deadline().is_none_or(|deadline| deadline > now) {
            return false;
        }
        let letter = self.take_back();
        let is_letter = |one: char| letter.is_some_and(|letter| letter.to_lowercase().eq([one]));
        self.answer = ANSWERS.iter().find(|(one, ..)| is_letter(*one)).map(|(.., answer)| *answer);
        true
    }
}
