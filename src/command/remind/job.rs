//! What the system runs: this program, with all that it would otherwise have from a shell.

use std::path::{Path, PathBuf};

use shell_words::quote;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::config;
use crate::journal::TimeOfDay;
use crate::messages::remind as words;

/// The command that notifies.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) time: TimeOfDay,
    /// The whole path of the program.
    pub(super) program: String,
    pub(super) arguments: Vec<String>,
    /// The variables that say where the files are, and which day is today.
    pub(super) variables: Vec<(String, String)>,
}

impl Job {
    /// Errors if this program is not found, or if a path has a character that no scheduler takes.
    pub(super) fn new(time: TimeOfDay, context: &Context) -> Result<Self> {
        let program = own_path().ok_or_else(|| Error::usage(words::no_program()))?;
        let mut arguments = vec!["--quiet".to_owned()];
        if context.config.is_named_for_this_run() {
            arguments.push("--journal".to_owned());
            arguments.push(plain(&context.config.journal)?);
        }
        arguments.extend(["remind", NOTIFY].map(str::to_owned));
        arguments.push(time.to_string());
        let variables = config::variables_to_pass_on().into_iter();
        let variables = variables.map(|(name, value)| Ok((name, plain(Path::new(&value))?)));
        Ok(Self {
            time,
            program: plain(&program)?,
            arguments,
            variables: variables.collect::<Result<_>>()?,
        })
    }

    /// The command for a shell, with its variables before it.
    pub(super) fn as_typed(&self) -> String {
        let variables = self.variables.iter();
        let variables = variables.map(|(name, value)| format!("{name}={}", quote(value)));
        let words = std::iter::once(&self.program).chain(&self.arguments);
        variables.chain(words.map(|word| quote(word).into_owned())).collect::<Vec<_>>().join(" ")
    }

    /// The time in a text that holds the command in any form.
    pub(super) fn time_in(text: &str) -> Option<TimeOfDay> {
        let (_, after) = text.split_once(NOTIFY)?;
        let mut words = after.split(|c: char| !(c.is_ascii_digit() || c == ':'));
        words.find_map(|word| word.parse().ok())
    }
}

/// The option of the command, by which it is found again.
pub(super) const NOTIFY: &str = "--notify";

/// A path as a text. Errors if it is not one, or holds a character that would end a line.
fn plain(path: &Path) -> Result<String> {
    let text = path.to_str().filter(|text| !text.contains(char::is_control));
    let text = text.ok_or_else(|| Error::usage(words::unwritable(path)))?;
    Ok(text.to_owned())
}

/// The path of this program: the name by which a shell finds it if there is one, because an update
/// may put the program itself elsewhere.
fn own_path() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?.canonicalize().ok()?;
    let name = own.file_name()?;
    let folders = config::search_path().into_iter().filter(|folder| folder.is_absolute());
    let mut names = folders.map(|folder| folder.join(name));
    let named = names.find(|path| path.canonicalize().is_ok_and(|path| path == own));
    Some(named.unwrap_or(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_quoted_for_a_shell() {
        let job = Job {
            time: "20:30".parse().expect("a time"),
            program: "/opt/my dwell/dwell".to_owned(),
            arguments: ["--journal", "/a/it's 100%", "remind", NOTIFY, "20:30"]
                .map(str::to_owned)
                .to_vec(),
            variables: vec![("XDG_DATA_HOME".to_owned(), "/a b".to_owned())],
        };
        let typed = job.as_typed();
        assert_eq!(
            typed,
            "XDG_DATA_HOME='/a b' '/opt/my dwell/dwell' --journal '/a/it'\\''s 100%' remind \
             --notify 20:30"
        );
        assert_eq!(Job::time_in(&typed), Some(job.time));
        assert_eq!(
            Job::time_in("<string>--notify</string>\n<string>08:05</string>"),
            "8:05".parse().ok()
        );
        assert_eq!(Job::time_in("somebody changed it"), None);
    }
}
