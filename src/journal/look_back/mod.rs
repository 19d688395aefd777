//! Looking back: what a review, a calendar and the statistics show of the days that were lived.

pub mod calendar;
pub mod rest;
pub mod review;
pub mod stats;
pub mod summary;
