//! Where words are kept if the settings cannot be used.

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::file::{self, FileContent, RawValue};
use crate::config::folders::Folders;
use crate::config::settings::{self, Origin, Values};
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
    /// Looks only at the settings that say where files are, so that a mistake in another one does
    /// not matter. `None` if there is no home folder.
    pub fn find(flags: &Flags, environment: &Environment) -> Option<Self> {
        let folders = Folders::find(environment).ok()?;
        Some(Self {
            drafts: folders.drafts(),
            journal: journal(flags, environment, &folders),
            clock: environment.clock(),
        })
    }
}

/// The path of the journal, as far as the settings tell it.
fn journal(flags: &Flags, environment: &Environment, folders: &Folders) -> Option<PathBuf> {
    let setting = settings::find("journal").ok()?;
    let content = file::read(&folders.config.join("dwell").join("config.toml"));
    let is_whole = content.is_ok();
    let content = content.unwrap_or_else(|_| FileContent::default());
    let (raw, origin) = raw_value(setting, flags, environment, &content, folders);
    // A file that cannot be read may name another journal than the usual one.
    let (Some(RawValue::Text(text)), true) = (raw, is_whole || origin != Origin::Default) else {
        return None;
    };
    let mut values = Values::default();
    setting.read(&text, origin, &mut values).then_some(())?;
    Some(std::path::absolute(&values.journal).unwrap_or(values.journal))
}
