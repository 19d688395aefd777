//! The built program, driven as a person or a script drives it. One integration binary, a file a
//! feature; the rules themselves are tested beside their code.

mod at_once;
mod daily;
mod errors;
mod long_life;
mod pty;
mod readme;
mod ritual;
mod sandbox;
mod screens;
mod search;
mod shelf;
