//! The built program, driven as a person or a script drives it. One integration binary, a file a
//! feature; the rules themselves are tested beside their code.

mod pty;
mod ritual;
mod sandbox;
