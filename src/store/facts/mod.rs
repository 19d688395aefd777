//! Facts as rows: their encoding, their hash, reading and adding them.

pub(crate) mod encoding;
pub(crate) mod lesson;
pub(crate) mod reason;
pub(crate) mod row;
pub(crate) mod source;
