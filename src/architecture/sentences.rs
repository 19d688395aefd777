//! Sentences stand in `messages` and above: the rooms below give values and types, and no words
//! that a person reads.
//!
//! A string literal counts as a sentence if it has a space and a word in lower case. These do not
//! count: comments, attributes, tests, the text of a panic (`expect` and the like), and, in the
//! store, SQL, which has its keywords in capitals. Other exceptions are listed, each with its file.

use std::fs;
use std::path::PathBuf;

use super::{is_test, root, sources};

/// The rooms that hold no sentence.
const SILENT: [&str; 12] = [
    "platform", "text", "journal", "clock", "library", "seal", "drafts", "store", "terminal",
    "config", "format", "compose",
];

/// Literals that look like sentences: the file or folder, the literal or `*` for all of them there,
/// and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("config/settings.rs", "*", "the help of a setting stands in its row, as a verb's on its args"),
    ("journal/lesson/own.rs", "*", "words of lessons, which are stored and not told"),
    ("store/read/filter.rs", "entry.step_state = 'open'", "SQL without a keyword"),
    ("format/article/closing.rs", "*", "words by which parts of an article are told"),
    ("format/markdown/", "*", "the marks and the names of properties are the format"),
    ("store/file/head.rs", "SQLite format 3\\0", "how every SQLite file begins"),
    ("store/kobo.rs", "SQLite format 3\\0", "how every SQLite file begins"),
    ("format/highlights/anki.rs", "*", "how Anki writes the lines above its rows"),
    ("terminal/vim.rs", "silent! set nobackup nowritebackup noundofile", "a command of vim"),
    ("seal/key_file.rs", "*", "the comments in a file of keys, which is read without dwell"),
    ("journal/lesson/highlight/words.rs", "*", "words of a story, which are read back from it"),
];

/// Calls whose text only a developer reads.
const PANICS: [&str; 7] =
    [".expect(", ".expect_err(", "panic!(", "unreachable!(", "assert!(", "assert_eq!(", "todo!("];

/// The string literals of a source, each with all the code before it. Comments, characters,
/// attributes and the tests at the end are skipped.
fn literals(source: &str) -> Vec<(String, String)> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let letters: Vec<char> = source.chars().collect();
    let starts_with =
        |at: usize, text: &str| letters[at..].iter().copied().take(text.len()).eq(text.chars());
    let mut found = Vec::new();
    let (mut at, mut code) = (0, String::new());
    while at < letters.len() {
        if starts_with(at, "//") {
            at += letters[at..].iter().take_while(|c| **c != '\n').count();
        } else if starts_with(at, "#[") || starts_with(at, "#![") {
            at = after_attribute(&letters, at);
        } else if letters[at] == '\'' {
            at = after_character(&letters, at);
        } else if let Some(hashes) = raw_string(&letters, at) {
            let start = at + hashes + 2;
            let end: String = std::iter::once('"').chain("#".repeat(hashes).chars()).collect();
            let length = (start..letters.len()).take_while(|at| !starts_with(*at, &end)).count();
            found.push((code.clone(), letters[start..start + length].iter().collect()));
            at = start + length + end.len();
        } else if letters[at] == '"' {
            let end = after_string(&letters, at);
            found.push((code.clone(), letters[at + 1..end - 1].iter().collect()));
            at = end;
        } else {
            code.push(letters[at]);
            at += 1;
        }
    }
    found
}

/// The number of hashes of the raw string that begins here; `None` if none does.
fn raw_string(letters: &[char], at: usize) -> Option<usize> {
    let is_name = |c: &char| c.is_alphanumeric() || *c == '_';
    if letters[at] != 'r' || (at > 0 && is_name(&letters[at - 1]) && letters[at - 1] != 'b') {
        return None;
    }
    let hashes = letters[at + 1..].iter().take_while(|c| **c == '#').count();
    (letters.get(at + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn after_string(letters: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// The position after a character literal, or after the quote of a lifetime.
fn after_character(letters: &[char], at: usize) -> usize {
    match letters.get(at + 1) {
        Some('\\') => at + 3 + letters[at + 3..].iter().take_while(|c| **c != '\'').count(),
        Some(_) if letters.get(at + 2) == Some(&'\'') => at + 3,
        _ => at + 1,
    }
}

fn after_attribute(letters: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start + 1, 0);
    loop {
        match letters[at] {
            '"' => at = after_string(letters, at) - 1,
            '[' => depth += 1,
            ']' if depth == 1 => return at + 1,
            ']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// Whether a literal is a sentence, given its room and the code before it.
fn is_sentence(room: &str, before: &str, literal: &str) -> bool {
    let literal = without_placeholders(&literal.replace("\\n", " "));
    let is_word = |word: &str| {
        let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
        letters.len() > 1 && letters.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
    };
    let has_word = literal.contains(' ') && literal.split(' ').any(is_word);
    let is_sql = room == "store" && is_sql(&literal);
    has_word && !is_sql && !PANICS.iter().any(|panic| before.trim_end().ends_with(panic))
}

/// Whether a text has a keyword in capitals, or a named parameter.
fn is_sql(text: &str) -> bool {
    let words = || text.split(|c: char| !(c.is_alphanumeric() || ":_".contains(c)));
    let is_keyword = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let is_parameter = |word: &str| word.len() > 1 && word.starts_with(':');
    words().any(|word| is_keyword(word) || is_parameter(word))
}

/// A format string without its placeholders.
fn without_placeholders(text: &str) -> String {
    let pieces = text.split('{').enumerate();
    let after =
        |piece: &str| piece.split_once('}').map_or(String::new(), |(_, rest)| rest.to_owned());
    pieces.map(|(at, piece)| if at == 0 { piece.to_owned() } else { after(piece) }).collect()
}

/// The sources of the silent rooms, without their tests, each with its room and path below `src`.
fn silent_sources() -> Vec<(String, String, String)> {
    let is_silent = |(room, path, _): &(String, PathBuf, String)| {
        SILENT.contains(&room.as_str()) && !is_test(path)
    };
    let read = |(room, path, _): (String, PathBuf, String)| {
        let text = fs::read_to_string(root().join(&path)).expect("readable");
        (room, path.display().to_string(), text)
    };
    sources().into_iter().filter(is_silent).map(read).collect()
}

#[test]
fn no_room_below_messages_holds_a_sentence() {
    let mut found = Vec::new();
    for (room, path, source) in silent_sources() {
        for (before, literal) in literals(&source) {
            let is_listed = EXCEPTIONS.iter().any(|(file, text, _)| {
                path.starts_with(file) && ["*", literal.as_str()].contains(text)
            });
            if !is_listed && is_sentence(&room, &before, &literal) {
                found.push(format!("{path}: {literal:?}"));
            }
        }
    }
    assert!(found.is_empty(), "sentences belong in messages:\n{}", found.join("\n"));
}

#[test]
fn a_sentence_is_told_apart_from_other_literals() {
    let sentences = |source: &str| -> Vec<String> {
        let all = literals(source).into_iter();
        all.filter(|(before, text)| is_sentence("store", before, text))
            .map(|(_, text)| text)
            .collect()
    };
    assert_eq!(
        sentences("say(\"not here\"); say(\"{day} had none\")"),
        ["not here", "{day} had none"]
    );
    assert_eq!(sentences("let a = r#\"a \"quoted\" word\"#;"), ["a \"quoted\" word"]);
    assert_eq!(sentences("x('\"'); say(\"after a quote\"); y('\\''); z(\"and more\")").len(), 2);
    for source in [
        "// say(\"not here\")",
        "/// Says \"not here\".",
        "#[expect(x, reason = \"it is not here\")]",
        "read().expect(\"it is there\")",
        "sql(\"SELECT day FROM entry\")",
        "name(\"day_start\"); date(\"%Y-%m-%d\"); list(\"AG AS\"); two(\"{a} {b}\")",
        "x();\n#[cfg(test)]\nmod tests { say(\"not here\") }",
    ] {
        assert!(sentences(source).is_empty(), "{source}");
    }
}
