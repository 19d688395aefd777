//! What runs a program once a day, and what all of them have in common.

use crate::command::Context;
use crate::command::error::Result;
use crate::command::remind::job::Job;
use crate::command::remind::{cron, launchd, systemd};
use crate::journal::TimeOfDay;
use crate::messages::remind::Change;

/// What runs a program once a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheduler {
    Launchd,
    Systemd,
    Cron,
}

/// A reminder that is set up.
#[derive(Debug)]
pub(super) struct SetUp {
    pub(super) scheduler: Scheduler,
    /// `None` if somebody has changed what dwell wrote.
    pub(super) time: Option<TimeOfDay>,
    /// The file, or the program that has the line.
    pub(super) place: String,
}

impl Scheduler {
    /// The better first: cron does not know when the machine was asleep.
    pub(super) const ALL: [Self; 3] = [Self::Launchd, Self::Systemd, Self::Cron];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Launchd => "launchd",
            Self::Systemd => "systemd",
            Self::Cron => "cron",
        }
    }

    /// Whether it can be used in this session.
    pub(super) fn is_there(self) -> bool {
        match self {
            Self::Launchd => launchd::is_there(),
            Self::Systemd => systemd::is_there(),
            Self::Cron => cron::is_there(),
        }
    }

    /// What dwell has set up here; `None` if it is nothing.
    pub(super) fn find(self, context: &Context) -> Option<SetUp> {
        let (text, place) = match self {
            Self::Launchd => launchd::find(),
            Self::Systemd => systemd::find(context),
            Self::Cron => cron::find(),
        }?;
        Some(SetUp { scheduler: self, time: Job::time_in(&text), place })
    }

    /// Sets the reminder up, in place of one that is there. Returns what was changed.
    pub(super) fn set(self, job: &Job, context: &Context) -> Result<Vec<Change>> {
        match self {
            Self::Launchd => launchd::set(job),
            Self::Systemd => systemd::set(job, context),
            Self::Cron => cron::set(job),
        }
    }

    /// Takes away what was set up here. Returns what was changed.
    pub(super) fn remove(self, context: &Context) -> Result<Vec<Change>> {
        match self {
            Self::Launchd => launchd::remove(),
            Self::Systemd => systemd::remove(context),
            Self::Cron => cron::remove(),
        }
    }
}
