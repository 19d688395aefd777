//! Changes of the journal: each method is one sentence of the domain and one transaction. Each
//! errors also with [`StoreError::Damaged`] if a page of the file is damaged, and then changes
//! nothing.
//!
//! [`StoreError::Damaged`]: crate::store::StoreError::Damaged

pub(crate) mod backup;
pub(crate) mod batch;
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
