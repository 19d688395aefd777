//! What every verb is given: the terminal, the settings, the clock and the way to the journal.

use crate::command::error::{Error, Result};
use crate::command::listing::Listing;
use crate::command::words::Words;
use crate::config::Config;
use crate::journal::{Day, DayName, DayStart, Entry, Now};
use crate::messages;
use crate::messages::Message;
use crate::seal::Key;
use crate::store::{BackupFailure, ChangedDays, Store, StoreError};
use crate::terminal::Terminal;
use crate::view::View;

/// What a verb works with.
#[derive(Debug)]
pub struct Context {
    pub terminal: Terminal,
    pub config: Config,
    /// Data is shown as JSON.
    json: bool,
    now: Option<Now>,
    /// The key of the journal, once a locked one was opened.
    pub(super) key: Option<Key>,
    /// Words that are in memory only. If the run fails, they are kept in a draft or shown.
    pub(super) words: Option<Words>,
    /// The person was told which day is today, or it is simply the day that the clock gives.
    has_told_day: bool,
    /// The days that this run changed and that the mirror does not have yet.
    pub(super) changed: ChangedDays,
    /// Why a backup before a change could not be made, and the person was not told yet.
    pub(super) backup_failure: BackupFailure,
}

impl Context {
    pub(crate) fn new(config: Config, json: bool, words: Option<Words>) -> Self {
        Self {
            terminal: Terminal::open(&config.terminal, messages::terminal::PHRASES),
            config,
            json,
            now: None,
            key: None,
            words,
            has_told_day: false,
            changed: ChangedDays::default(),
            backup_failure: BackupFailure::default(),
        }
    }

    /// Names the keys of the settings file that are not a setting of this release. A newer release
    /// may know them, so they are not an error.
    pub fn warn_of_unknown_keys(&mut self) -> Result<()> {
        let Config { file, unknown_keys, .. } = &self.config;
        if unknown_keys.is_empty() {
            return Ok(());
        }
        Ok(self.terminal.say(&messages::settings::unknown_keys(file, unknown_keys))?)
    }

    /// The text that came with the command; `None` if none did. Errors if what came in is not a
    /// text that can be saved.
    pub(super) fn given_text(&self) -> Result<Option<String>> {
        self.words.as_ref().map(|words| words.text().map(str::to_owned)).transpose()
    }

    /// Says what could not be done. Errors if the output cannot be written.
    pub fn complain(&mut self, error: &Error) -> Result<()> {
        let Message { text, hint } = &error.message;
        Ok(self.terminal.complain(text, hint.as_deref())?)
    }

    /// The present moment, the same throughout a run. Errors if the clock cannot be read.
    pub fn now(&mut self) -> Result<Now> {
        match self.now {
            Some(now) => Ok(now),
            None => Ok(*self.now.insert(self.config.clock.now()?)),
        }
    }

    /// Has the clock read again: a run may last, and each key is a command of its own.
    pub fn read_clock_again(&mut self) {
        self.now = None;
    }

    /// When today ends, if midnight is past: a person may wonder why the page shows an earlier date
    /// than the wall. `None` for another day than the one that the clock gives.
    pub fn end_of_night(&mut self, today: Day) -> Result<Option<DayStart>> {
        let now = self.now()?;
        let is_night = now.is_past_midnight() && now.day == today;
        Ok(is_night.then_some(self.config.clock.day_start))
    }

    /// A day as the title of a page, with a note if it is today and midnight is past.
    pub fn heading(&mut self, day: Day) -> Result<String> {
        let until = self.end_of_night(day)?;
        Ok(until
            .map_or_else(|| messages::time::day(day), |end| messages::time::day_until(day, end)))
    }

    /// The moment of a save, which may come long after the run began. The day stays the one on
    /// which the person was asked. If the clock cannot be read any more, the text is saved all the
    /// same, with the moment at which the run began.
    pub fn now_to_save(&mut self) -> Result<Now> {
        let Now { at, day } = self.now()?;
        Ok(Now { at: self.config.clock.now().map_or(at, |now| now.at), day })
    }

    /// The entry of a day; `None` if there is none. Says what is damaged of it.
    pub fn entry(&mut self, store: &Store, day: Day) -> Result<Option<Entry>> {
        let checked = store.checked_entry(day)?;
        for damaged in checked.damaged {
            self.complain(&damaged.into())?;
        }
        Ok(checked.entry)
    }

    /// Whether questions can be asked. A script that reads JSON is asked nothing.
    pub fn can_converse(&self) -> bool {
        self.terminal.can_ask() && !self.json
    }

    /// Whether the page can have the screen. A script that reads JSON has no page.
    pub fn uses_page(&self) -> bool {
        self.terminal.uses_page() && !self.json
    }

    /// Whether data is shown as JSON.
    pub fn shows_json(&self) -> bool {
        self.json
    }

    /// Tells a person the next step after what was done. A script that reads JSON needs none.
    pub fn hint(&mut self, hint: &str) -> Result<()> {
        if self.json { Ok(()) } else { Ok(self.terminal.hint(hint)?) }
    }

    /// Whether the columns of a list are aligned: on a screen, and not for a script.
    pub fn aligns_columns(&self) -> bool {
        !self.json && self.terminal.page().width.is_some()
    }

    /// Shows a value, as text or, with `--json`, as JSON. Errors if the output cannot be written.
    pub fn show(&mut self, view: View) -> Result<()> {
        if self.json {
            return self.show_to_script(view);
        }
        let text = view.text(self.terminal.page());
        Ok(self.terminal.show(&text)?)
    }

    /// Shows a value as JSON if `--json` is given. A person was told in a sentence what was done.
    pub fn show_to_script(&mut self, view: View) -> Result<()> {
        if self.json {
            self.terminal.data(view.json())?;
        }
        Ok(())
    }

    /// Shows values one after the other, as text with an empty line between two.
    pub fn listing(&mut self) -> Listing<'_> {
        Listing::new(self)
    }

    /// Sends what is shown from now on through the person's pager, at a terminal. For output that
    /// may be longer than a screen; called before its first line.
    pub fn page_long_output(&mut self) {
        if !self.json {
            self.terminal.page_long_output(self.config.pager.as_deref());
        }
    }

    /// Which day is today, for a verb that changes the journal. If it is not simply the day of the
    /// clock, the person is told, once in a run. Errors if the journal cannot be read.
    pub fn today(&mut self, store: &Store) -> Result<Day> {
        let today = store.which_day(self.now()?)?;
        if !std::mem::replace(&mut self.has_told_day, true)
            && let Some(Message { text, hint }) = messages::clock::which_day(today)
        {
            self.terminal.say(&text)?;
            hint.iter().try_for_each(|hint| self.terminal.hint(hint))?;
        }
        Ok(today.day)
    }

    /// The day that a name means in this journal; today if there is no name. Errors if the day lies
    /// before the first year that dwell keeps.
    pub fn day(&mut self, store: &Store, name: Option<DayName>) -> Result<Day> {
        let today = store.today(self.now()?)?;
        let Some(name) = name else { return Ok(today) };
        name.resolve(today).ok_or_else(|| Error::usage(messages::parse::day_too_early(name)))
    }

    /// The same for a day to write about. Errors also if the day lies in the future.
    pub fn day_to_write(&mut self, store: &Store, name: Option<DayName>) -> Result<Day> {
        let today = self.today(store)?;
        let day = self.day(store, name)?;
        if day > today {
            return Err(StoreError::NotYet { day, today }.into());
        }
        Ok(day)
    }
}

/// The failure that a day has no entry, with a hint on where entries are.
pub(super) fn no_entry(day: Day) -> Error {
    Error::nothing(messages::entries::none_on(day))
}
