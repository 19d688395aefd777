//! Steps: the one next thing that a person plans to do, and its state.

use std::str::FromStr;

use crate::journal::entry::single_line;
use crate::journal::time::day::Day;

/// The next step of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub text: String,
    /// The moment for which it is planned, in the person's words, such as "after lunch".
    pub when: Option<String>,
    pub state: StepState,
    /// The day on which it was answered; `None` while it is open.
    pub closed_on: Option<Day>,
    /// What came of it, in the person's words, if the answer has words.
    pub outcome: Option<String>,
}

/// A person is asked after at most this many steps.
pub const MOST_ASKED: usize = 3;

/// An open step with the day of its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStep {
    pub day: Day,
    pub step: Step,
    /// The latest day on which the person was asked about it and left it open.
    pub asked_on: Option<Day>,
}

/// What a person says of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepAnswer {
    pub state: StepState,
    /// What came of it: one line, not empty.
    pub outcome: Option<String>,
}

/// When an open step is no longer asked after: after this number of days, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fading(pub Option<u32>);

impl Default for Fading {
    fn default() -> Self {
        Self(Some(14))
    }
}

impl Fading {
    /// The first day whose open step has not faded yet; `None` if the steps of all days are asked
    /// after.
    pub fn first_day(self, today: Day) -> Option<Day> {
        today.minus_days(self.0?.into())
    }

    pub fn has_faded(self, day: Day, today: Day) -> bool {
        self.first_day(today).is_some_and(|first| day < first)
    }
}

impl FromStr for Fading {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.trim() {
            "never" => Ok(Self(None)),
            days => days.parse().map(|days| Self(Some(days))).map_err(|_| ()),
        }
    }
}

/// The state of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Open,
    Done,
    Partly,
    Dropped,
}

impl StepState {
    /// Its word in the journal and in the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Dropped => "dropped",
        }
    }

    pub fn is_closed(self) -> bool {
        self != Self::Open
    }
}

impl FromStr for StepState {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Open, Self::Done, Self::Partly, Self::Dropped]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(())
    }
}

/// A step to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// One line, not empty.
    pub text: String,
    /// One line, not empty.
    pub when: Option<String>,
}

impl NewStep {
    /// The step in the form in which the journal stores it: lines without white space around them.
    /// `None` if the text has no words.
    pub fn new(text: &str, when: Option<&str>) -> Option<Self> {
        Some(Self { text: single_line(text)?, when: when.and_then(single_line) })
    }
}

impl Step {
    /// A step that is open, without a moment.
    pub fn open(text: impl Into<String>) -> Self {
        let state = StepState::Open;
        Self { text: text.into(), when: None, state, closed_on: None, outcome: None }
    }

    /// All that the person wrote about it: the step, when, and what came of it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str())
            .chain(self.when.as_deref())
            .chain(self.outcome.as_deref())
    }
}

impl From<StepState> for StepAnswer {
    fn from(state: StepState) -> Self {
        Self { state, outcome: None }
    }
}

impl StepAnswer {
    /// The answer with what came of it, if the words say anything.
    pub fn new(state: StepState, outcome: Option<&str>) -> Self {
        Self { state, outcome: outcome.and_then(single_line) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing;

    #[test]
    fn a_state_reads_back_from_its_word() {
        for state in [StepState::Open, StepState::Done, StepState::Partly, StepState::Dropped] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("closed".parse::<StepState>().is_err());
    }

    #[test]
    fn an_open_step_fades_after_its_days() {
        let [step, before, after] = ["2026-11-01", "2026-11-15", "2026-11-16"].map(testing::day);
        assert!(!Fading::default().has_faded(step, before));
        assert!(Fading::default().has_faded(step, after));
        assert!(Fading(Some(0)).has_faded(step, before));
        assert!(!Fading(None).has_faded(step, testing::day("9000-01-01")));
        assert!(!Fading(Some(u32::MAX)).has_faded(step, after));
        assert_eq!(("never".parse(), " 30 ".parse()), (Ok(Fading(None)), Ok(Fading(Some(30)))));
        for text in ["", "-1", "2 weeks", "Never mind"] {
            assert_eq!(text.parse::<Fading>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_step_is_a_single_line() {
        let step = NewStep::new("  call Anna\r\n\n about Friday ", Some(" \n")).expect("words");
        assert_eq!((step.text.as_str(), step.when), ("call Anna about Friday", None));
        assert_eq!(NewStep::new(" \n ", Some("tonight")), None);
    }
}
