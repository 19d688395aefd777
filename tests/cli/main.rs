//! The built program, used as a person or a script uses it. One integration binary, one file for
//! each feature; the rules are tested beside their code.

mod article;
mod at_once;
mod backups;
mod browse;
mod calendar;
mod completions;
mod corpus;
mod daily;
mod dice;
mod doctor;
mod drafts;
mod errors;
mod exchange;
#[cfg(unix)]
mod files;
mod help;
mod highlights;
#[cfg(unix)]
mod hook;
mod journals;
mod limits;
mod lines;
mod locked;
mod locked_backups;
mod locked_doctor;
mod locked_meanwhile;
mod long_life;
mod looking_back;
mod markdown;
mod mirror;
mod own_lessons;
#[cfg(unix)]
mod page;
#[cfg(unix)]
mod pager;
#[path = "../properties/mod.rs"]
mod properties;
mod pty;
mod readme;
#[cfg(unix)]
mod remind;
mod review;
mod ritual;
mod sandbox;
mod schemas;
mod screens;
mod search;
mod shelf;
mod status;
mod stranger;
#[cfg(unix)]
mod terminal_modes;
mod undo;
mod year;
