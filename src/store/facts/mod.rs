//! Facts as rows: their encoding, their hash, reading and adding them, and those of older forms.

pub(crate) mod encoding;
pub(crate) mod lesson;
pub(crate) mod old_forms;
pub(crate) mod row;
pub(crate) mod source;
