//! An agent of launchd, which starts the command at its time, or when the machine wakes after it.

use std::path::PathBuf;

use crate::command::error::{Error, Result};
use crate::command::remind::job::Job;
use crate::command::remind::own_file::{self, MARK, own_text};
use crate::command::remind::program::{require, run};
use crate::config;
use crate::messages::remind as words;
use crate::messages::remind::Change;
use crate::platform;

const LABEL: &str = "dwell.remind";
const PROGRAM: &str = "launchctl";

pub(super) fn is_there() -> bool {
    file().is_some() && run(PROGRAM, &["version"], b"").is_ok_and(|ran| ran.is_some())
}

pub(super) fn find() -> Option<(String, String)> {
    let file = file()?;
    Some((own_text(&file)?, file.display().to_string()))
}

pub(super) fn set(job: &Job) -> Result<Vec<Change>> {
    let file = file().ok_or_else(|| Error::usage(words::no_program()))?;
    let was_there = own_text(&file).is_some();
    let change = own_file::write(&file, &agent(job))?;
    stop();
    let path = file.display().to_string();
    if let Err(error) = require(PROGRAM, &["bootstrap", &session(), &path], b"") {
        if !was_there {
            let _ = own_file::remove(&file);
        }
        return Err(error);
    }
    Ok(vec![change])
}

pub(super) fn remove() -> Result<Vec<Change>> {
    stop();
    let removed = file().map(|file| own_file::remove(&file)).transpose()?.flatten();
    Ok(removed.into_iter().collect())
}

/// Has launchd forget the agent. It fails if launchd does not know it.
fn stop() {
    let _ = run(PROGRAM, &["bootout", &format!("{}/{LABEL}", session())], b"");
}

fn session() -> String {
    format!("gui/{}", platform::user_number())
}

fn file() -> Option<PathBuf> {
    Some(config::home_folder()?.join("Library/LaunchAgents").join(format!("{LABEL}.plist")))
}

fn agent(job: &Job) -> String {
    let words = std::iter::once(&job.program).chain(&job.arguments);
    let words = words.map(|word| format!("<string>{}</string>\n", escaped(word)));
    let words = words.collect::<Vec<_>>().concat();
    let variable = |(name, value): &(String, String)| {
        format!("<key>{}</key><string>{}</string>\n", escaped(name), escaped(value))
    };
    let variables = job.variables.iter().map(variable).collect::<Vec<_>>().concat();
    let (hour, minute) = (job.time.hour(), job.time.minute());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- {MARK} -->\n\
         <plist version=\"1.0\">\n<dict>\n\
         <key>Label</key><string>{LABEL}</string>\n\
         <key>ProgramArguments</key>\n<array>\n{words}</array>\n\
         <key>EnvironmentVariables</key>\n<dict>\n{variables}</dict>\n\
         <key>StartCalendarInterval</key>\n<dict>\n\
         <key>Hour</key><integer>{hour}</integer>\n\
         <key>Minute</key><integer>{minute}</integer>\n</dict>\n\
         </dict>\n</plist>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
