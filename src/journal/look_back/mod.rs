//! Looking back: what a review, a calendar, a summary, the statistics and a prompt show of days.

pub mod calendar;
pub mod rest;
pub mod review;
pub mod stats;
pub mod status;
pub mod summary;
pub mod tag_count;
