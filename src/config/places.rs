//! Where words are kept if the settings cannot be used.

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::Origin;
use crate::config::file::{self, FileContent, RawValue};
use crate::config::folders::Folders;
use crate::config::settings;
use crate::config::values::Values;
use crate::config::{Environment, Flags, raw_value};

/// The folder of the drafts, the journal that they belong to, and the clock.
#[derive(Debug)]
pub struct Places {
    pub drafts: PathBuf,
    /// `None` if the settings do not tell which journal is meant.
    pub journal: Option<PathBuf>,
    pub clock: Clock,
}

impl Places {
    /// Reads only the settings that matter for a draft, each by itself, so that a mistake in
    /// another one does not matter. `None` if there is no home folder.
    pub fn find(flags: &Flags, environment: &Environment) -> Option<Self> {
        let folders = Folders::find(environment).ok()?;
        let content = file::read(&folders.config.join("dwell").join("config.toml"));
        let is_whole = content.is_ok();
        let content = content.unwrap_or_else(|_| FileContent::default());
        let mut values = Values::default();
        let mut read = |name| {
            let setting = settings::find(name).ok()?;
            let (raw, origin) = raw_value(setting, flags, environment, &content, &folders);
            let RawValue::Text(text) = raw? else { return None };
            setting.read(&text, origin, &mut values).then_some(origin)
        };
        read("day_start");
        // A file that cannot be read may name another journal than the usual one.
        let is_known = read("journal").is_some_and(|origin| is_whole || origin != Origin::Default);
        let journal = values.journal;
        Some(Self {
            drafts: folders.drafts(),
            journal: is_known.then(|| std::path::absolute(&journal).unwrap_or(journal)),
            clock: Clock { day_start: values.day_start, ..environment.clock() },
        })
    }
}
