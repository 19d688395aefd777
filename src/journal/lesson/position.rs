//! The positions of series on the shelf: a series with a lower one comes first.
//!
//! Below these ranges are the series that were put next.

use std::ops::Range;

/// The positions of series that the person added and did not put next.
pub const ADDED: Range<i64> = -(1 << 40)..SHIPPED_FROM;
/// The positions of shipped series that were not put next begin here.
pub const SHIPPED_FROM: i64 = 0;
