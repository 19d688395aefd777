//! Looking back: what a review, a calendar, a summary and the statistics show of past days.

pub mod calendar;
pub mod rest;
pub mod review;
pub mod stats;
pub mod summary;
pub mod tag_count;
