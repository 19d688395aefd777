//! The page on which a day is written: the open steps, the lesson, the words, the next step.
//!
//! [`WritingPage`] is what is on the page and what each key does to it; it can be drawn into any
//! frame and knows no terminal, no draft and no journal. [`run()`] puts it on a screen until the
//! person ends it, and has its words kept meanwhile.

mod draw;
mod fields;
mod keys;
mod layout;
mod reading;
mod run;
mod steps;

#[cfg(test)]
mod tests;

use crate::drafts::Purpose;
use crate::journal::entry::step::OpenStep;
use crate::journal::{Day, Entry, StepState};
use crate::page::text_area::TextArea;
use crate::terminal::input::{Key, KeyPress};
use crate::text;

use fields::Field;
use reading::Reading;
use steps::StepQuestion;

pub use run::{Keep, run};

/// What a page is opened with.
#[derive(Debug)]
pub struct Opening {
    /// The day in words, with a note if it is past midnight.
    pub heading: String,
    /// The entry of the day as it is now. `None` if the day has none.
    pub entry: Option<Entry>,
    /// What the words become.
    pub purpose: Purpose,
    /// The steps of earlier days to ask after.
    pub steps: Vec<OpenStep>,
    /// The day on which the steps are asked after.
    pub today: Day,
    /// The words to begin with; `None` if none are asked for.
    pub words: Option<String>,
    /// The next step to begin with, and when it is to be done; `None` if it is not asked for.
    pub step: Option<[String; 2]>,
    /// What the person is told on the page, until the first key.
    pub notice: Option<String>,
    /// The takeaway stays closed until there are words.
    pub takeaway_after: bool,
    /// What text is laid out for; the width is the page's own.
    pub look: text::Page,
}

/// How the person ended the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageEnd {
    /// With Ctrl-D: what is written is to be saved.
    Save,
    /// With Esc: it stays a draft.
    Keep,
    /// With Ctrl-C.
    Cancel,
    /// They want to go on in their editor, and then here.
    OpenEditor,
    /// The process must end by this signal.
    Signal(i32),
    /// The terminal is gone.
    TerminalLost,
}

/// What is written on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    pub words: String,
    /// The next step; blank if there is none.
    pub step: String,
    /// When it is to be done; blank if nothing is said.
    pub when: String,
}

/// A page with everything that is typed on it.
#[derive(Debug)]
pub struct WritingPage {
    heading: String,
    reading: Reading,
    steps: Vec<StepQuestion>,
    words: Option<TextArea>,
    next_step: Option<TextArea>,
    when: TextArea,
    focus: Field,
    /// The keys are shown in the place of the page, from this row on.
    help: Option<usize>,
    /// Whether the draft has all that is written; the error if it cannot be kept.
    draft: DraftState,
    /// What the person is told on the line above the keys.
    notice: Option<String>,
    /// Told while nothing else is: another day has begun.
    stays_with: Option<String>,
    look: text::Page,
    /// The columns and rows at the last drawing.
    size: (u16, u16),
}

/// Whether what is written is in the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DraftState {
    /// Nothing was typed yet.
    Untouched,
    /// Something was typed that is not in the draft yet.
    Behind,
    Kept,
    /// The draft cannot be written.
    Failed,
}

impl WritingPage {
    pub fn new(opening: Opening) -> Self {
        let Opening { heading, entry, purpose, steps, today, words, step, .. } = opening;
        let mut reading = Reading::new(entry, purpose, opening.takeaway_after);
        // Whoever has words already goes on with them.
        reading.is_open =
            purpose != Purpose::Afterthought && words.as_deref().is_none_or(text::is_blank);
        let [step, when] = match step {
            Some([step, when]) => [Some(step), Some(when)],
            None => [None, None],
        };
        let mut page = Self {
            heading,
            reading,
            steps: steps.into_iter().map(|open| StepQuestion::new(&open, today)).collect(),
            words: words.as_deref().map(TextArea::new),
            next_step: step.as_deref().map(TextArea::one_line),
            when: TextArea::one_line(when.as_deref().unwrap_or_default()),
            focus: Field::Words,
            help: None,
            draft: DraftState::Untouched,
            notice: opening.notice,
            stays_with: None,
            look: opening.look,
            size: (80, 24),
        };
        page.focus = page.fields()[0];
        page
    }

    /// What is written now.
    pub fn written(&self) -> Written {
        Written {
            words: self.words.as_ref().map(TextArea::text).unwrap_or_default(),
            step: self.next_step.as_ref().map(TextArea::text).unwrap_or_default(),
            when: self.when.text(),
        }
    }

    /// The answers to the questions about open steps, in their order. `None` is one that stays
    /// open.
    pub fn answers(&self) -> Vec<Option<StepState>> {
        self.steps.iter().map(StepQuestion::answer).collect()
    }

    /// Puts a text in the place of the words, as one change that can be undone.
    pub fn replace_words(&mut self, text: &str) {
        if let Some(words) = &mut self.words {
            words.press(KeyPress::alt(Key::Char('a')));
            if text.is_empty() {
                words.press(KeyPress::plain(Key::Backspace));
            } else {
                words.paste(text);
            }
        }
    }

    /// Tells the person something on the page, until the next key.
    pub fn tell(&mut self, notice: String) {
        self.notice = Some(notice);
    }

    /// A number that differs after each change of what is written.
    fn version(&self) -> u64 {
        let of = |area: &Option<TextArea>| area.as_ref().map_or(0, TextArea::version);
        of(&self.words) + of(&self.next_step) + self.when.version()
    }

    fn has_words(&self) -> bool {
        self.words.as_ref().is_some_and(|words| !words.is_blank())
    }
}
