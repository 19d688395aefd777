//! A step as a task that Obsidian and others show with a box, and what is known of it below.

use crate::format::markdown::escape::{Form, escape_line, unescape};
use crate::journal::{Step, StepState};

const WHEN: &str = "    - when: ";
const ON: &str = "    - on: ";
const OUTCOME: &str = "    - outcome: ";

/// What stands in the box of a step.
const BOXES: [(char, StepState); 4] = [
    (' ', StepState::Open),
    ('x', StepState::Done),
    ('/', StepState::Partly),
    ('-', StepState::Dropped),
];

/// The lines of a step.
pub fn lines(step: &Step) -> (String, Form) {
    let form = Form {
        is_escaped: step.texts().any(|text| escape_line(text).1.is_escaped),
        is_crlf: false,
    };
    let line = |text: &str| match escape_line(text) {
        (line, own) if own == form => line,
        // Another of the texts is escaped, and then all are read as escaped ones.
        (line, _) => line.replace("&#", "&#38;#"),
    };
    let mark = BOXES.iter().find(|(_, state)| *state == step.state).map_or(' ', |(mark, _)| *mark);
    let mut lines = vec![format!("- [{mark}] {}", line(&step.text))];
    lines.extend(step.when.iter().map(|when| format!("{WHEN}{}", line(when))));
    lines.extend(step.closed_on.map(|day| format!("{ON}{day}")));
    lines.extend(step.outcome.iter().map(|outcome| format!("{OUTCOME}{}", line(outcome))));
    (lines.join("\n"), form)
}

/// Reads the lines of a step. What was changed by hand is taken as far as it goes.
pub fn parse(content: &str, form: Form) -> Step {
    let mut lines = content.split('\n');
    let first = lines.next().unwrap_or_default();
    let (state, text) = task(first).unwrap_or((StepState::Open, first));
    let mut step = Step { state, ..Step::open(unescape(text, form)) };
    for line in lines {
        if let Some(when) = line.strip_prefix(WHEN) {
            step.when = Some(unescape(when, form));
        } else if let Some(day) = line.strip_prefix(ON) {
            step.closed_on = day.trim().parse().ok();
        } else if let Some(outcome) = line.strip_prefix(OUTCOME) {
            step.outcome = Some(unescape(outcome, form));
        } else if !line.trim().is_empty() {
            step.text.push_str(&format!(" {}", line.trim()));
        }
    }
    step
}

/// The state and the text of a line with a box.
fn task(line: &str) -> Option<(StepState, &str)> {
    let mut rest = line.strip_prefix("- [")?.chars();
    let mark = rest.next()?.to_ascii_lowercase();
    let text = rest.as_str().strip_prefix("] ")?;
    let (_, state) = BOXES.iter().find(|(one, _)| *one == mark)?;
    Some((*state, text))
}
