//! Properties that hold for every input, however odd: one function for each kind of input that
//! comes from outside.
//!
//! `cargo test` runs them on the files in `tests/corpus/`, one folder for each property. The crate
//! in `fuzz/` runs them on inputs that it makes up: `fuzz/README.md` says how.

mod articles;
mod draft;
mod highlights;
mod journal;
mod journal_files;
mod names;
mod settings;
mod text;

/// Panics if the property does not hold for this input.
pub type Property = fn(&[u8]);

/// The properties by the names of their folders.
pub const PROPERTIES: &[(&str, Property)] = &[
    ("anki", highlights::anki),
    ("articles", articles::articles),
    ("clock", names::clock),
    ("config_file", settings::config_file),
    ("day_names", names::day_names),
    ("day_one_file", journal_files::day_one_file),
    ("differences", text::differences),
    ("draft_files", draft::draft_files),
    ("folded_texts", journal::folded_texts),
    ("fortunes", highlights::fortunes),
    ("journal_lines", journal::journal_lines),
    ("jrnl_file", journal_files::jrnl_file),
    ("json_lines", highlights::json_lines),
    ("kindle", highlights::kindle),
    ("kobo", highlights::kobo),
    ("markdown_file", journal_files::markdown_file),
    ("reflections", text::reflections),
    ("safe_text", text::safe_text),
    ("searches", journal::searches),
    ("series_file", settings::series_file),
    ("tui_journal_file", journal_files::tui_journal_file),
    ("tables", highlights::tables),
    ("words", names::words),
];

/// The input as text, if it is text.
fn utf8(input: &[u8]) -> Option<&str> {
    std::str::from_utf8(input).ok()
}

/// Panics if a person would be told this in a form that a terminal obeys, or not at all.
fn check_message(message: &dwell::messages::Message) {
    assert!(!message.text.trim().is_empty());
    for said in [Some(&message.text), message.hint.as_ref()].into_iter().flatten() {
        let shown = dwell::text::one_line(said);
        assert!(!shown.contains('\n') && !shown.chars().any(dwell::text::is_unsafe), "{shown:?}");
    }
}

/// A folder for the files of one property, in memory if possible.
fn folder() -> tempfile::TempDir {
    let shared = std::path::Path::new("/dev/shm");
    let folder =
        if shared.is_dir() { tempfile::TempDir::new_in(shared) } else { tempfile::TempDir::new() };
    folder.expect("a folder")
}
