//! `dwell browse`

use std::io;
use std::time::Duration;

use crate::command::error::{Error, Result};
use crate::command::{Context, afterthought, browse_changes, browse_reading, edit, unsaved};
use crate::messages;
use crate::page::browser::{Action, Browser, ReadRequest, strokes};
use crate::platform;
use crate::store::{Change, Store};
use crate::terminal::input::Input;
use crate::terminal::{AskError, Happening, Screen};

/// The whole journal on one screen: days, search, calendar
///
/// The days stand on the left and the entry on the right; below 80 columns one of them. ? shows
/// all keys. It needs a terminal; dwell log and dwell search do without.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell browse")]
pub struct Args {}

/// How often it is looked whether another dwell changed the journal.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    if !context.uses_page() {
        return Err(Error::usage(messages::browser::needs_a_screen()));
    }
    let now = context.now()?;
    let store = context.existing_store()?;
    let today = store.today(now)?;
    let screen = context.terminal.open_screen()?;
    let (page, week_start) = (context.terminal.page(), context.config.week_start);
    let browser = Browser::new(page, screen.size(), today, week_start);
    let version = store.version_seen()?;
    let mut session = Session { context, store, screen, browser, version, asked_about: None };
    let end = session.browse();
    drop(session);
    if let Some(signal) = end? {
        platform::end_by(signal);
    }
    Ok(())
}

/// A browser on the screen with its journal.
struct Session<'a> {
    context: &'a mut Context,
    store: Store,
    screen: Screen,
    browser: Browser,
    /// The version of the journal that is shown.
    version: i64,
    /// The change that the person was asked whether to undo.
    asked_about: Option<Change>,
}

impl Session<'_> {
    /// Shows the browser until the person leaves it, or until a signal ends the process. Errors if
    /// the terminal cannot be used.
    fn browse(&mut self) -> Result<Option<i32>> {
        loop {
            self.read_while(Browser::request);
            let browser = &mut self.browser;
            self.screen.draw(|frame| {
                let area = frame.area();
                if let Some(position) = browser.draw(area, frame.buffer_mut()) {
                    frame.set_cursor_position(position);
                }
            })?;
            match self.screen.wait(Some(LOOK_AGAIN)).map_err(gone)? {
                Happening::Typed(inputs) => {
                    let mut strokes = strokes(inputs).into_iter();
                    while let Some(stroke) = strokes.next() {
                        // A key may move in a list that is not read yet. Words are searched for
                        // when no more are typed.
                        if !self.browser.is_typing() || !stroke.is_text() {
                            self.read_while(Browser::list_request);
                        }
                        let action = self.browser.press(&stroke);
                        match action {
                            Action::Leave => return Ok(None),
                            // What was typed with it is meant for what comes now.
                            action @ (Action::Edit(_) | Action::AddAfterthought(_)) => {
                                self.screen.unread(strokes.map(Input::from));
                                self.obey(action)?;
                                break;
                            }
                            action => self.obey(action)?,
                        }
                    }
                }
                Happening::End(signal) => return Ok(Some(signal)),
                Happening::Suspend => self.screen.suspend()?,
                Happening::Redraw | Happening::TimeOut => {}
            }
            self.look_for_changes();
        }
    }

    /// Reads what the browser asks for until it asks for no more.
    fn read_while(&mut self, request: fn(&Browser) -> Option<ReadRequest>) {
        while let Some(request) = request(&self.browser) {
            let Self { context, store, browser, .. } = self;
            let read = browse_reading::read(&request, context, store, browser);
            if let Err(error) = read {
                self.browser.fail(request, messages::browser::failure(&error.message));
            }
        }
    }

    /// Shows all anew if another process changed the journal.
    fn look_for_changes(&mut self) {
        let version = self.store.version_seen().unwrap_or(self.version);
        if std::mem::replace(&mut self.version, version) != version {
            self.browser.reload();
        }
    }

    /// Does what a key asked for. A failure is told on the last line. Errors if the terminal cannot
    /// be used any more.
    fn obey(&mut self, action: Action) -> Result<()> {
        self.context.read_clock_again();
        let done = match action {
            Action::Nothing | Action::Leave => return Ok(()),
            Action::Suspend => return Ok(self.screen.suspend()?),
            Action::Edit(day) => self.outside(|context, store| {
                let done = edit::edit_day(context, store, day);
                unsaved::keep_after(context, done)
            })?,
            Action::AddAfterthought(day) => self.outside(|context, store| {
                let done = afterthought::write_on_page(context, store, day);
                unsaved::keep_after(context, done)
            })?,
            Action::Love(target) => {
                let Self { context, store, browser, .. } = self;
                browse_changes::love(context, store, browser, &target)
            }
            Action::Undo { is_confirmed, skips_wrong_day } => {
                let Self { context, store, browser, asked_about, .. } = self;
                let how = (is_confirmed, skips_wrong_day);
                browse_changes::undo(context, store, browser, asked_about, how)
            }
            Action::Redo => browse_changes::redo(self.context, &mut self.store, &mut self.browser),
        };
        if let Err(error) = done {
            self.browser.say(messages::browser::failure(&error.message));
        }
        self.browser.reload();
        Ok(())
    }

    /// Gives the terminal to something else, and takes the screen again. Returns what came of it.
    fn outside(
        &mut self,
        run: impl FnOnce(&mut Context, &mut Store) -> Result<()>,
    ) -> Result<Result<()>> {
        self.screen.leave(&mut self.context.terminal);
        let done = run(self.context, &mut self.store);
        let flushed = self.context.terminal.flush().map_err(Error::from);
        if self.context.terminal.ended_by().is_some() {
            // The process must end, and says first what became of the words.
            done.and(flushed)?;
            return Err(AskError::Cancelled.into());
        }
        self.screen.enter(&mut self.context.terminal)?;
        Ok(done.and(flushed))
    }
}

/// The failure of a wait: the person closed the terminal, or it cannot be used.
fn gone(error: io::Error) -> Error {
    AskError::from(error).into()
}
