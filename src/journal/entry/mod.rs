//! Entries: a day's serving with what the person wrote, computed from the facts of the day.

pub mod code;
pub mod fact;
mod markdown;
pub mod record;
pub mod reflection;
pub mod step;
pub mod tags;
pub mod takeaway;

use crate::journal::entry::fact::{Event, Fact, FactId, heads};
use crate::journal::entry::reflection::{Afterthought, Reflection, Revision, RevisionState};
use crate::journal::entry::step::{Step, StepAnswer, StepState};
use crate::journal::lesson::plan::Reason;
use crate::journal::lesson::{Lesson, LessonId};
use crate::journal::time::day::{Day, Moment};
use crate::text::is_blank;

/// A day's serving with its reflection, step and afterthoughts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub day: Day,
    /// The lesson that was served; `None` if the day had no serving.
    pub lesson: Option<Lesson>,
    pub served_at: Option<Moment>,
    pub reflection: Option<Reflection>,
    pub step: Option<Step>,
    /// The latest day on which the person was asked about this day's step and did not answer it.
    pub asked_on: Option<Day>,
    /// Oldest first.
    pub afterthoughts: Vec<Afterthought>,
    /// The entry is shown only if the person asks for it.
    pub quiet: bool,
}

/// The state of one day, computed from its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayState {
    pub serving: Option<Serving>,
    pub reflection: Option<Reflection>,
    pub step: Option<Step>,
    pub afterthoughts: Vec<Afterthought>,
    pub quiet: bool,
}

/// The lesson of a day, and when and why it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serving {
    pub lesson: LessonId,
    pub at: Moment,
    pub reason: Reason,
}

/// The state of one day from its facts, which are in order and were not undone. `None` if there is
/// nothing to show.
pub fn from_facts(facts: &[Fact]) -> Option<DayState> {
    let state = DayState {
        serving: serving(facts),
        reflection: reflection(facts),
        step: step(facts),
        afterthoughts: afterthoughts(facts),
        quiet: is_quiet(facts),
    };
    let has_content = state.serving.is_some()
        || state.reflection.is_some()
        || state.step.is_some()
        || !state.afterthoughts.is_empty();
    has_content.then_some(state)
}

/// The facts that a new text of the day must name as its parents.
pub fn text_heads(facts: &[Fact]) -> Vec<FactId> {
    heads(&texts(facts)).iter().map(|fact| fact.id).collect()
}

/// The facts that a new step of the day, or an answer to its step, must name as its parents.
pub fn step_heads(facts: &[Fact]) -> Vec<FactId> {
    heads(&steps(facts)).iter().map(|fact| fact.id).collect()
}

/// The facts that a deletion of the day must name as its parents: the heads of all chains.
pub fn all_heads(facts: &[Fact]) -> Vec<FactId> {
    let mut all = text_heads(facts);
    all.extend(step_heads(facts));
    all.extend(heads(&chain(facts, is_afterthought)).iter().map(|fact| fact.id));
    all.sort_unstable();
    all.dedup();
    all
}

/// Every saved state of the day's reflection, oldest first. `facts` are all facts of the day in
/// order, each with whether it was undone.
pub fn revisions(facts: &[(Fact, bool)]) -> Vec<Revision> {
    let in_force: Vec<Fact> =
        facts.iter().filter(|(_, undone)| !undone).map(|(fact, _)| fact.clone()).collect();
    let current = text_heads(&in_force);
    let is_parent_of = |id: FactId, fact: &Fact| fact.parents.contains(&id);
    let deleted = |id| {
        let mut deletions = in_force.iter().filter(|f| matches!(f.event, Event::Deleted { .. }));
        deletions.any(|fact| is_parent_of(id, fact))
    };
    let mut revisions = Vec::new();
    for (fact, undone) in facts {
        let Some(text) = written_text(fact) else { continue };
        let parents = facts.iter().filter(|(other, _)| fact.parents.contains(&other.id));
        // The writer of this text saw the texts of all its parents, one below the other.
        let before =
            joined(parents.filter_map(|(parent, _)| written_text(parent)), reflection::below);
        let state = if *undone {
            RevisionState::Undone
        } else if current.contains(&fact.id) {
            RevisionState::Current
        } else if deleted(fact.id) {
            RevisionState::Deleted
        } else {
            RevisionState::Revised
        };
        revisions.push(Revision { text: text.to_owned(), before, written_at: fact.at, state });
    }
    revisions
}

fn serving(facts: &[Fact]) -> Option<Serving> {
    let servings = facts.iter().filter_map(|fact| match fact.event {
        Event::Served { lesson, reason, .. } => {
            Some((fact.id, Serving { lesson, at: fact.at, reason }))
        }
        _ => None,
    });
    // Two devices may each have served a lesson before they were merged: the earlier one counts.
    servings.min_by_key(|(id, serving)| (serving.at, *id)).map(|(_, serving)| serving)
}

fn reflection(facts: &[Fact]) -> Option<Reflection> {
    let chain = texts(facts);
    let current: Vec<&Fact> = heads(&chain).into_iter().filter(|fact| written(fact)).collect();
    let text = joined(current.iter().filter_map(|fact| written_text(fact)), reflection::below)?;
    let history = since_deletion(&chain, &current);
    let (first, last) = (history.first()?, history.last()?);
    let late = matches!(first.event, Event::Wrote { day, on, .. } if reflection::is_late(on, day));
    Some(Reflection {
        words: reflection::word_count(&text),
        text,
        written_at: first.at,
        revised_at: last.at,
        revisions: u32::try_from(history.len()).unwrap_or(u32::MAX),
        late,
    })
}

/// The texts from which the current ones were made, in order, back to the last deletion.
fn since_deletion<'a>(chain: &[&'a Fact], current: &[&'a Fact]) -> Vec<&'a Fact> {
    let mut reached: Vec<FactId> = current.iter().map(|fact| fact.id).collect();
    // Parents come before their children, so one walk from the end reaches every ancestor.
    for fact in chain.iter().rev().filter(|fact| written(fact)) {
        if reached.contains(&fact.id) {
            reached.extend(&fact.parents);
        }
    }
    chain.iter().copied().filter(|fact| written(fact) && reached.contains(&fact.id)).collect()
}

fn step(facts: &[Fact]) -> Option<Step> {
    let chain = steps(facts);
    let current: Vec<&Fact> =
        heads(&chain).into_iter().filter(|f| matches!(f.event, Event::Stepped { .. })).collect();
    let both = |first: &str, second: &str| format!("{first}; {second}");
    let text = joined(current.iter().filter_map(|fact| fact.event.text()), both)?;
    let whens = current.iter().filter_map(|fact| match &fact.event {
        Event::Stepped { when, .. } => when.as_deref(),
        _ => None,
    });
    let when = joined(whens, both);
    let last_answer = |steps: &[&Fact]| {
        let is_answer = |fact: &&Fact| steps.iter().any(|step| fact.parents.contains(&step.id));
        facts.iter().rev().filter(is_answer).find_map(answer)
    };
    let is_closed = |step| last_answer(&[step]).is_some_and(|(_, said)| said.state.is_closed());
    // If two devices each added a step, each must be answered: the answer to one may have been
    // given without knowledge of the other.
    let all_closed = current.iter().copied().all(is_closed);
    Some(match last_answer(&current) {
        Some((on, StepAnswer { state, outcome })) if all_closed => {
            Step { text, when, state, closed_on: Some(on), outcome }
        }
        _ => Step { text, when, state: StepState::Open, closed_on: None, outcome: None },
    })
}

fn afterthoughts(facts: &[Fact]) -> Vec<Afterthought> {
    heads(&chain(facts, is_afterthought))
        .iter()
        .filter_map(|fact| match &fact.event {
            Event::AddedAfterthought { text, .. } => {
                Some(Afterthought { text: text.clone(), written_at: fact.at })
            }
            _ => None,
        })
        .collect()
}

/// The chain of the accepted facts: these facts, and the deletions, which may name any of them.
fn chain(facts: &[Fact], accepts: impl Fn(&Fact) -> bool) -> Vec<&Fact> {
    let deletes = |fact: &Fact| matches!(fact.event, Event::Deleted { .. });
    facts.iter().filter(|fact| accepts(fact) || deletes(fact)).collect()
}

fn texts(facts: &[Fact]) -> Vec<&Fact> {
    chain(facts, written)
}

fn steps(facts: &[Fact]) -> Vec<&Fact> {
    chain(facts, |fact| matches!(fact.event, Event::Stepped { .. }))
}

fn is_afterthought(fact: &Fact) -> bool {
    matches!(fact.event, Event::AddedAfterthought { .. })
}

fn written(fact: &Fact) -> bool {
    written_text(fact).is_some()
}

fn written_text(fact: &Fact) -> Option<&str> {
    match &fact.event {
        Event::Wrote { text, .. } => Some(text),
        _ => None,
    }
}

fn answer(fact: &Fact) -> Option<(Day, StepAnswer)> {
    match &fact.event {
        Event::Answered { state, on, outcome, .. } => {
            Some((*on, StepAnswer { state: *state, outcome: outcome.clone() }))
        }
        _ => None,
    }
}

/// Words that are written after a deletion are other words, so a deletion ends it.
fn is_quiet(facts: &[Fact]) -> bool {
    let said = facts.iter().rev().find_map(|fact| match fact.event {
        Event::Quieted { quiet, .. } => Some(quiet),
        Event::Deleted { .. } => Some(false),
        _ => None,
    });
    said.unwrap_or_default()
}

/// A text on one line, without white space around it. `None` if nothing is left.
pub fn single_line(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !is_blank(line)).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// All texts joined to one; `None` if there is none.
fn joined<'a>(
    mut texts: impl Iterator<Item = &'a str>,
    join: impl Fn(&str, &str) -> String,
) -> Option<String> {
    let first = texts.next()?.to_owned();
    Some(texts.fold(first, |whole, next| join(&whole, next)))
}

#[cfg(test)]
mod tests;
