//! Lets the person write on the full-screen page. What is typed there is in a draft meanwhile, and
//! the verb that opened the page decides what is done with it.

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::input::{self, Wrong};
use crate::command::unsaved;
use crate::command::words::{self, Words};
use crate::drafts::{Draft, DraftError, Extras, Label, Purpose};
use crate::journal::entry::reflection;
use crate::journal::entry::takeaway::Takeaway;
use crate::journal::{Day, DayName, Entry, StepState, entry};
use crate::messages::{page, saving};
use crate::page::writing::{self, Opening, PageEnd, WritingPage, Written};
use crate::store::Store;
use crate::terminal::Screen;
use crate::text::is_blank;

/// What a person did on a page.
#[derive(Debug)]
pub(super) struct Paged {
    /// What is written is to be saved; if not, it stays a draft.
    pub(super) saves: bool,
    pub(super) words: String,
    /// The next step and when it is to be done, and what else was kept beside the words.
    pub(super) extras: Extras,
    /// The answers to the questions after open steps. `None` is a step that stays open.
    pub(super) answers: Vec<Option<StepState>>,
    /// The failure of somebody who left without an end, or whose process must end. What is written
    /// is in the draft.
    left: Option<Error>,
}

impl Paged {
    /// Errors if the person left with Ctrl-C, if the terminal is gone, or if the process must end.
    pub(super) fn ended(mut self) -> Result<Self> {
        self.left.take().map_or(Ok(self), Err)
    }

    /// Whether the person ended the page themselves.
    pub(super) fn is_ended(&self) -> bool {
        self.left.is_none()
    }

    pub(super) fn is_blank(&self) -> bool {
        is_blank(&self.words) && self.extras.step.is_none()
    }
}

/// Fewer words than this that were typed and deleted were a slip of the finger.
const FEWEST_KEPT: usize = 3;

/// How a page is opened for a day with this entry. The verb adds what it asks for.
pub(super) fn opening(
    context: &mut Context,
    store: &Store,
    day: Day,
    entry: Option<Entry>,
    draft: &Draft,
) -> Result<Opening> {
    let today = store.today(context.now()?)?;
    let heading = context.heading(day)?;
    let heading = match draft.label.purpose {
        Purpose::Afterthought => page::afterthought_on(&heading),
        _ => heading,
    };
    Ok(Opening {
        heading,
        entry,
        purpose: draft.label.purpose,
        steps: Vec::new(),
        today,
        words: None,
        step: None,
        notice: None,
        takeaway_after: context.config.takeaway == Takeaway::AfterWriting,
        look: context.terminal.page(),
    })
}

/// The next step and its moment as a page begins with them: those of the draft.
pub(super) fn step_of(draft: &Draft) -> [String; 2] {
    let Extras { step, when, .. } = draft.label.extras.clone();
    [step, when].map(Option::unwrap_or_default)
}

/// Shows a page until it ends. [`Paged::ended`] tells how: after a signal, the process ends by it
/// once all is told. A draft with nothing on it is removed if the person left.
///
/// Errors if the terminal cannot be used, or if what is written is to stay a draft and cannot be
/// kept.
pub(super) fn write(context: &mut Context, draft: &mut Draft, opening: Opening) -> Result<Paged> {
    let clock = context.config.clock.clone();
    let opened = context.now()?.day;
    let mut past_day = || {
        let now = clock.now().ok()?;
        (now.day > opened).then(|| page::stays_with(opened))
    };
    let mut page = WritingPage::new(opening);
    let mut screen = context.terminal.open_screen()?;
    let end = loop {
        let mut keep = |written: &Written, syncs| keep(draft, written, syncs);
        match writing::run(&mut page, &mut screen, &mut keep, &mut past_day)? {
            PageEnd::OpenEditor => edit_between(context, draft, &mut page, &mut screen)?,
            end => break end,
        }
    };
    screen.leave(&mut context.terminal);
    if let PageEnd::Signal(signal) = end {
        context.terminal.end_by(signal);
    }
    let mut written = page.written();
    let kept = write_draft(draft, &written);
    let saves = end == PageEnd::Save;
    if let Some(deleted) = deleted_words(draft, &written) {
        if saves {
            context.terminal.show_aside(&deleted)?;
        } else {
            written.words = deleted;
        }
    }
    let Written { words, step, when } = written;
    let extras = extras(draft, &step, &when);
    let mut paged = Paged { saves, words, extras, answers: page.answers(), left: None };
    let is_blank = paged.is_blank();
    if let Err(error) = kept
        && !is_blank
    {
        // What is on the page is nowhere else.
        let Paged { words, extras, .. } = &paged;
        let Label { purpose, day, .. } = draft.label;
        let day = day.map(DayName::On);
        context.words =
            Some(Words::new(words::Input::text(&**words), purpose, day, extras.clone()));
        if !saves {
            return Err(error.into());
        }
    }
    paged.left = match end {
        PageEnd::Save | PageEnd::Keep | PageEnd::OpenEditor => None,
        PageEnd::Cancel | PageEnd::TerminalLost | PageEnd::Signal(_) if is_blank => {
            let _ = draft.discard();
            Some(Error::cancelled(saving::stopped_without_words()))
        }
        PageEnd::Cancel | PageEnd::TerminalLost | PageEnd::Signal(_) => {
            Some(Error::cancelled(saving::stopped_with_draft()))
        }
    };
    Ok(paged)
}

/// The failure of what comes before the words of a page are saved, with a hint on where they are.
pub(super) fn before_saving(context: &Context, paged: &Paged, error: Error) -> Error {
    // Words that are not in the draft are kept or shown at the end of the run.
    let is_in_draft = context.words.is_none() && !paged.is_blank();
    if is_in_draft { unsaved::kept_as_draft(error) } else { error }
}

/// What is saved together with the words: the step on the page, and what the draft had besides.
fn extras(draft: &Draft, step: &str, when: &str) -> Extras {
    let step = entry::single_line(step);
    let when = step.as_ref().and_then(|_| entry::single_line(when));
    Extras { step, when, again: draft.label.extras.again }
}

/// Lets the person go on in their editor, and takes the screen again.
fn edit_between(
    context: &mut Context,
    draft: &mut Draft,
    page: &mut WritingPage,
    screen: &mut Screen,
) -> Result<()> {
    screen.leave(&mut context.terminal);
    match input::open_between(context, draft, &page.written().words) {
        Ok((text, wrong)) => {
            if let Some(text) = text {
                page.replace_words(&text);
            }
            match wrong {
                Some(Wrong::Emptied) => page.tell(saving::EDITOR_EMPTIED_BETWEEN.to_owned()),
                Some(Wrong::Failed(error)) => page.tell(page::after_editor(&error.message)),
                None => {}
            }
        }
        // The process must end.
        Err(error) if context.terminal.ended_by().is_some() => return Err(error),
        Err(error) => page.tell(page::after_editor(&error.message)),
    }
    Ok(screen.enter(&mut context.terminal)?)
}

/// Writes what is on a page into its draft. A page that was emptied leaves the draft as it is: the
/// words may have been deleted by mistake, and are nowhere else.
fn write_draft(draft: &mut Draft, written: &Written) -> std::result::Result<(), DraftError> {
    if deleted_words(draft, written).is_some() {
        return Ok(());
    }
    let Written { words, step, when } = written;
    let extras = extras(draft, step, when);
    draft.write(words.as_bytes()).and_then(|()| draft.set_extras(&extras))
}

/// The words in the draft of a page that has none any more, if they are worth keeping.
fn deleted_words(draft: &mut Draft, written: &Written) -> Option<String> {
    if !is_blank(&written.words) || !is_blank(&written.step) {
        return None;
    }
    let words = draft.read_again().ok()?;
    Some(words).filter(|words| reflection::word_count(words) >= FEWEST_KEPT)
}

/// Keeps what is on a page in its draft. False if it cannot be kept.
fn keep(draft: &mut Draft, written: &Written, syncs: bool) -> bool {
    let kept = write_draft(draft, written);
    let synced = if syncs { draft.sync() } else { Ok(()) };
    kept.and(synced).is_ok()
}
