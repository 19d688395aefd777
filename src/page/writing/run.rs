//! Puts a page on the screen until the person ends it, and has its words kept meanwhile.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use crate::page::writing::keys::Wanted;
use crate::page::writing::{DraftState, PageEnd, WritingPage, Written};
use crate::terminal::input::{Input, Key, KeyPress};
use crate::terminal::{Happening, KeepSchedule, Screen};

/// How long input is read before the page is drawn again, if it keeps coming.
const DRAW_AFTER: Duration = Duration::from_millis(40);

/// Keeps what is written, so that it survives the end of the process, and a power cut too if the
/// second argument says so. False if it cannot be kept.
pub type Keep<'a> = dyn FnMut(&Written, bool) -> bool + 'a;

/// Shows the page until the person ends it. What is written is kept within a second of the last
/// key, and whatever ends the page. `past_day` says so if another day has begun meanwhile.
///
/// Errors if the terminal cannot be used; what is written is kept then too.
pub fn run(
    page: &mut WritingPage,
    screen: &mut Screen,
    keep: &mut Keep,
    past_day: &mut dyn FnMut() -> Option<String>,
) -> io::Result<PageEnd> {
    let mut draft = Draft::new(page, keep);
    let ended = catch_unwind(AssertUnwindSafe(|| show(page, screen, &mut draft, past_day)));
    let kept = catch_unwind(AssertUnwindSafe(|| draft.write(page, true)));
    match (ended, kept) {
        (Ok(ended), Ok(())) => ended,
        (Err(panic), _) | (_, Err(panic)) => resume_unwind(panic),
    }
}

fn show(
    page: &mut WritingPage,
    screen: &mut Screen,
    draft: &mut Draft,
    past_day: &mut dyn FnMut() -> Option<String>,
) -> io::Result<PageEnd> {
    loop {
        page.stays_with = past_day();
        let shown = screen.draw(|frame| page.draw(frame));
        if let Some(end) = shown.and_then(|()| step(page, screen, draft)).or_else(lost)? {
            return Ok(end);
        }
    }
}

/// A terminal that is gone ends the page; any other failure is one.
fn lost(error: io::Error) -> io::Result<Option<PageEnd>> {
    match error.raw_os_error() {
        _ if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(PageEnd::TerminalLost)),
        // Input/output error: what writing to a lost terminal gives.
        Some(5) => Ok(Some(PageEnd::TerminalLost)),
        _ => Err(error),
    }
}

/// Waits, and takes all that is typed without a pause.
fn step(
    page: &mut WritingPage,
    screen: &mut Screen,
    draft: &mut Draft,
) -> io::Result<Option<PageEnd>> {
    let mut now = Instant::now();
    let draw_at = now + DRAW_AFTER;
    let deadline = [page.deadline(), draft.schedule.next()].into_iter().flatten().min();
    let mut wait = deadline.map(|deadline| deadline.saturating_duration_since(now));
    loop {
        let happening = screen.wait(wait)?;
        now = Instant::now();
        match happening {
            Happening::Typed(inputs) => {
                let mut inputs = as_pasted(inputs).into_iter();
                while let Some(input) = inputs.next() {
                    match page.take(input, now) {
                        Wanted::Nothing => {}
                        Wanted::Suspend => {
                            draft.write(page, true);
                            screen.suspend()?;
                        }
                        Wanted::End(end) => {
                            // What was typed after the key, for when the page comes back.
                            screen.unread(inputs);
                            return Ok(Some(end));
                        }
                    }
                }
                draft.notice_change(page, now);
            }
            Happening::Redraw => return Ok(None),
            Happening::Suspend => {
                draft.write(page, true);
                screen.suspend()?;
                return Ok(None);
            }
            Happening::End(signal) => return Ok(Some(PageEnd::Signal(signal))),
            Happening::TimeOut => {
                page.settle(now);
                draft.write_if_due(page, now);
                return Ok(None);
            }
        }
        if now >= draw_at {
            draft.write_if_due(page, now);
            return Ok(None);
        }
        wait = Some(Duration::ZERO);
    }
}

/// Nobody types this number of characters at once: they are a paste that the terminal did not mark.
const PASTE: usize = 100;

/// In what is pasted, a tab is a tab and no key.
fn as_pasted(mut inputs: Vec<Input>) -> Vec<Input> {
    let characters = inputs.iter().map(|input| match input {
        Input::Text(text) => text.len(),
        Input::Paste(_) | Input::Key(_) => 0,
    });
    if characters.sum::<usize>() >= PASTE {
        let tab = Input::Key(KeyPress::plain(Key::Tab));
        for input in inputs.iter_mut().filter(|input| **input == tab) {
            *input = Input::Text("\t".to_owned());
        }
    }
    inputs
}

/// The draft of the page.
struct Draft<'a, 'b> {
    keep: &'a mut Keep<'b>,
    /// The version of the page that was noted last.
    version: u64,
    schedule: KeepSchedule,
}

impl<'a, 'b> Draft<'a, 'b> {
    fn new(page: &WritingPage, keep: &'a mut Keep<'b>) -> Self {
        Self { keep, version: page.version(), schedule: KeepSchedule::default() }
    }

    /// Notes what was typed.
    fn notice_change(&mut self, page: &mut WritingPage, now: Instant) {
        if page.version() != self.version {
            self.version = page.version();
            page.draft = DraftState::Behind;
            self.schedule.note_change(now);
        }
    }

    fn write_if_due(&mut self, page: &mut WritingPage, now: Instant) {
        if let Some(syncs) = self.schedule.due(now) {
            self.write(page, syncs);
        }
    }

    /// Writes the draft, if there is anything new.
    fn write(&mut self, page: &mut WritingPage, syncs: bool) {
        self.notice_change(page, Instant::now());
        if self.schedule.take(syncs) {
            let is_kept = (self.keep)(&page.written(), syncs);
            page.draft = if is_kept { DraftState::Kept } else { DraftState::Failed };
        }
    }
}
