//! The built program, driven as a person or a script drives it. One integration binary, a file a
//! feature; the rules themselves are tested beside their code.

mod at_once;
mod calendar;
mod daily;
mod errors;
mod exchange;
mod long_life;
mod looking_back;
#[cfg(unix)]
mod pager;
mod pty;
mod readme;
mod review;
mod ritual;
mod sandbox;
mod screens;
mod search;
mod shelf;
mod stranger;
mod year;
