//! What is on the page, and what keys do to it.
