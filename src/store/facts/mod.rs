//! Facts as rows: their encoding, their hash, reading and adding them.

pub(crate) mod encoding;
pub(crate) mod row;
