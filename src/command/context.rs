//! What every verb is given: the person, the settings, the clock and the way to the journal.

use crate::command::error::{Error, Result};
use crate::compose::{Compose, Intent, KeepIn};
use crate::config::Config;
use crate::drafts::Drafts;
use crate::journal::{Day, DayName, Now};
use crate::library::SHIPPED;
use crate::messages;
use crate::messages::Message;
use crate::store::{Progress, Store, StoreError};
use crate::terminal::{ProgressLine, Terminal};
use crate::view::View;

/// What a verb works with.
#[derive(Debug)]
pub struct Context {
    pub terminal: Terminal,
    pub config: Config,
    /// Data is wanted as JSON.
    json: bool,
    now: Option<Now>,
}

impl Context {
    pub fn new(config: Config, json: bool) -> Self {
        Self {
            terminal: Terminal::open(&config.terminal, messages::terminal::PHRASES),
            config,
            json,
            now: None,
        }
    }

    /// Says which keys of the settings file are none of this release; a newer one may know them.
    pub fn warn_of_unknown_keys(&mut self) -> Result<()> {
        let Config { file, unknown_keys, .. } = &self.config;
        if unknown_keys.is_empty() {
            return Ok(());
        }
        Ok(self.terminal.say(&messages::settings::unknown_keys(file, unknown_keys))?)
    }

    /// Says what could not be done, and goes on.
    pub fn complain(&mut self, error: &Error) -> Result<()> {
        let Message { text, hint } = &error.message;
        Ok(self.terminal.complain(text, hint.as_deref())?)
    }

    /// The present moment, which is the same throughout one run.
    pub fn now(&mut self) -> Result<Now> {
        match self.now {
            Some(now) => Ok(now),
            None => Ok(*self.now.insert(self.config.clock.now()?)),
        }
    }

    /// The moment of a save, which may come long after the run began; the day stays the one that
    /// the person was asked on. A clock that cannot be read any more keeps no text from being
    /// saved: the moment is then that of the run's beginning.
    pub fn now_to_save(&mut self) -> Result<Now> {
        let Now { at, day } = self.now()?;
        Ok(Now { at: self.config.clock.now().map_or(at, |now| now.at), day })
    }

    /// The journal, created where there is none.
    pub fn open_store(&self) -> Result<Store> {
        let mut line = self.terminal.progress_line();
        let progress = &mut |progress| upgrading(&mut line, progress);
        Ok(Store::open_telling(&self.config.journal, SHIPPED, progress)?)
    }

    /// The journal, where there is one; a verb that only looks leaves nothing behind.
    pub fn existing_store(&self) -> Result<Store> {
        let mut line = self.terminal.progress_line();
        let progress = &mut |progress| upgrading(&mut line, progress);
        let store = Store::open_existing_telling(&self.config.journal, SHIPPED, progress)?;
        store.ok_or_else(|| Error::nothing(messages::entries::no_journal(&self.config.journal)))
    }

    /// Whether a person can be asked who reads what is shown: a script that wants JSON is asked
    /// nothing.
    pub fn can_converse(&self) -> bool {
        self.terminal.can_ask() && !self.json
    }

    /// Shows a value, as text or as JSON, whichever is wanted.
    pub fn show(&mut self, view: View) -> Result<()> {
        if self.json {
            return self.show_to_script(view);
        }
        let text = view.text(self.terminal.page());
        Ok(self.terminal.show(&text)?)
    }

    /// Shows a value where JSON is wanted. A person was told in a sentence what was done.
    pub fn show_to_script(&mut self, view: View) -> Result<()> {
        if self.json {
            self.terminal.data(view.json())?;
        }
        Ok(())
    }

    /// Shows values one after the other, as text with an empty line between two.
    pub fn listing(&mut self) -> Listing<'_> {
        Listing { context: self, is_first: true }
    }

    /// Has what is shown from now on go through the person's pager, at a terminal. For what may be
    /// longer than a screen; called before the first of it.
    pub fn page_long_output(&mut self) {
        if !self.json {
            self.terminal.page_long_output(self.config.pager.as_deref());
        }
    }

    /// A text for a day, to be saved. It is kept in a new draft if the journal does not take it.
    pub fn compose(&self, day: Day, intent: Intent) -> Compose {
        Compose { day, intent, order: self.config.order, keep_in: KeepIn::NewDraft(self.drafts()) }
    }

    pub fn drafts(&self) -> Drafts {
        Drafts::new(self.config.drafts.clone(), &self.config.journal)
    }

    /// The day that a name means in this journal; today if there is no name.
    pub fn day(&mut self, store: &Store, name: Option<DayName>) -> Result<Day> {
        let today = store.today(self.now()?)?;
        let Some(name) = name else { return Ok(today) };
        name.resolve(today).ok_or_else(|| Error::usage(messages::parse::day_too_early(name)))
    }

    /// The same for a day to write about, which must have come.
    pub fn day_to_write(&mut self, store: &Store, name: Option<DayName>) -> Result<Day> {
        let today = store.today(self.now()?)?;
        let day = self.day(store, name)?;
        if day > today {
            return Err(StoreError::NotYet { day, today }.into());
        }
        Ok(day)
    }
}

/// Says how far a journal is on its way to the present form.
fn upgrading(line: &mut ProgressLine, Progress { done, total }: Progress) {
    line.update(done, total, messages::store::upgrading);
}

/// A list of values in the making.
#[derive(Debug)]
pub struct Listing<'a> {
    context: &'a mut Context,
    is_first: bool,
}

impl Listing<'_> {
    /// Shows the next value.
    pub fn show(&mut self, view: View) -> Result<()> {
        let is_apart = !self.is_first && !self.context.json;
        self.is_first = false;
        if is_apart {
            self.context.terminal.data("\n")?;
        }
        self.context.show(view)
    }
}

/// Says that a day has no entry, and where entries are.
pub(super) fn no_entry(day: Day) -> Error {
    Error::nothing(messages::entries::none_on(day))
}
