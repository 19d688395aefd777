//! Facts as rows: their encoding and their hash, and how they are read and added.

pub(crate) mod body;
pub(crate) mod columns;
pub(crate) mod encoding;
pub(crate) mod lesson;
pub(crate) mod raw;
pub(crate) mod reason;
pub(crate) mod row;
pub(crate) mod source;
pub(crate) mod whole;
