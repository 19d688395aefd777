//! Bytes to journal values and back: one file a format, each with its own types for the wire.

pub mod json;
