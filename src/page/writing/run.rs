//! Puts a page on the screen until the person ends it, and has its words kept meanwhile.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use crate::page::writing::keys::Wanted;
use crate::page::writing::{DraftState, PageEnd, WritingPage, Written};
use crate::terminal::{Happening, Screen};

/// What is typed is in the draft after this long.
const WRITE_WITHIN: Duration = Duration::from_millis(500);
/// What is in the draft survives a power cut after this long.
const SYNC_WITHIN: Duration = Duration::from_secs(8);
/// How long input is read before the page is drawn again, if it keeps coming.
const DRAW_AFTER: Duration = Duration::from_millis(40);

/// Whoever keeps what is written, and knows the time.
pub trait Keeper {
    /// Keeps what is written, so that it survives the end of the process; with `sync` also a power
    /// cut. False if it cannot be kept.
    fn keep(&mut self, written: &Written, sync: bool) -> bool;

    /// Tells that another day has begun since the page was opened, if one has.
    fn day_has_passed(&mut self) -> Option<String>;
}

/// Shows the page until the person ends it. What is written is kept within a second of the last
/// key, and whatever ends the page.
///
/// Errors if the terminal cannot be used; what is written is kept then too.
pub fn run(
    page: &mut WritingPage,
    screen: &mut Screen,
    keeper: &mut impl Keeper,
) -> io::Result<PageEnd> {
    let mut draft = Draft::new(page, keeper);
    let ended = catch_unwind(AssertUnwindSafe(|| show(page, screen, &mut draft)));
    let kept = catch_unwind(AssertUnwindSafe(|| draft.write(page, true)));
    match (ended, kept) {
        (Ok(ended), Ok(())) => ended,
        (Err(panic), _) | (_, Err(panic)) => resume_unwind(panic),
    }
}

fn show(
    page: &mut WritingPage,
    screen: &mut Screen,
    draft: &mut Draft<impl Keeper>,
) -> io::Result<PageEnd> {
    loop {
        page.stays_with = draft.keeper.day_has_passed();
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
    draft: &mut Draft<impl Keeper>,
) -> io::Result<Option<PageEnd>> {
    let mut now = Instant::now();
    let draw_at = now + DRAW_AFTER;
    let deadline = [page.deadline(), draft.deadline()].into_iter().flatten().min();
    let mut wait = deadline.map(|deadline| deadline.saturating_duration_since(now));
    loop {
        let happening = screen.wait(wait)?;
        now = Instant::now();
        match happening {
            Happening::Typed(inputs) => {
                let mut inputs = inputs.into_iter();
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

/// When the draft must be written, and when it must be synced.
struct Draft<'a, K> {
    keeper: &'a mut K,
    /// The version of the page that is in the draft.
    version: u64,
    write_by: Option<Instant>,
    sync_by: Option<Instant>,
}

impl<'a, K: Keeper> Draft<'a, K> {
    fn new(page: &WritingPage, keeper: &'a mut K) -> Self {
        Self { keeper, version: page.version(), write_by: None, sync_by: None }
    }

    fn deadline(&self) -> Option<Instant> {
        self.write_by.or(self.sync_by)
    }

    /// Notes what was typed.
    fn notice_change(&mut self, page: &mut WritingPage, now: Instant) {
        if page.version() != self.version {
            self.version = page.version();
            page.draft = DraftState::Behind;
            self.write_by.get_or_insert(now + WRITE_WITHIN);
            self.sync_by.get_or_insert(now + SYNC_WITHIN);
        }
    }

    fn write_if_due(&mut self, page: &mut WritingPage, now: Instant) {
        let is_due = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
        if is_due(self.write_by) || is_due(self.sync_by) {
            self.write(page, is_due(self.sync_by));
        }
    }

    /// Writes the draft, if there is anything new.
    fn write(&mut self, page: &mut WritingPage, sync: bool) {
        self.notice_change(page, Instant::now());
        if self.write_by.is_none() && (self.sync_by.is_none() || !sync) {
            return;
        }
        let is_kept = self.keeper.keep(&page.written(), sync);
        page.draft = if is_kept { DraftState::Kept } else { DraftState::Failed };
        self.write_by = None;
        if sync {
            self.sync_by = None;
        }
    }
}
