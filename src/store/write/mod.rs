//! Changing the journal: each method is one sentence of the domain and one transaction.

pub(crate) mod forget;
pub(crate) mod import;
pub(crate) mod lessons;
pub(crate) mod reflections;
pub(crate) mod rest;
pub(crate) mod review;
pub(crate) mod series;
pub(crate) mod servings;
pub(crate) mod steps;
pub(crate) mod transaction;
pub(crate) mod undo;
