//! Steps: the one next thing a person means to do, and what became of it.

use std::str::FromStr;

use crate::journal::entry::single_line;
use crate::journal::time::day::Day;

/// The next step that a day's entry ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub text: String,
    pub state: StepState,
    /// The day on which it was answered; `None` while it is open.
    pub closed_on: Option<Day>,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Open,
    Done,
    Partly,
    Dropped,
}

impl StepState {
    /// The word that the journal and scripts have for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Partly => "partly",
            Self::Dropped => "dropped",
        }
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

/// Text for a step as it is kept: one line, without white space around it. `None` if empty.
pub fn kept(text: &str) -> Option<String> {
    single_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_reads_back_from_its_word() {
        for state in [StepState::Open, StepState::Done, StepState::Partly, StepState::Dropped] {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("closed".parse::<StepState>().is_err());
    }

    #[test]
    fn a_step_is_single_line() {
        assert_eq!(kept("  call Anna\r\n\n about Friday "), Some("call Anna about Friday".into()));
        assert_eq!(kept(" \n "), None);
    }
}
