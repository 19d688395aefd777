//! The parts of a text in Markdown that are not prose.

/// The text without its `<!-- comments -->`. One that is never closed stays.
pub(super) fn without_comments(text: &str) -> String {
    let mut prose = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((_, after)) = after.split_once("-->") else { break };
        prose.push_str(before);
        rest = after;
    }
    prose + rest
}

/// The lines that are not part of a block of code, not a field at the head of the text, and not a
/// picture alone. Without the white space around them.
pub(super) fn prose_lines(text: &str) -> Vec<&str> {
    let mut prose = Vec::new();
    // Inside a block of code: the marks at the beginning of the line that ends it.
    let mut fence: Option<&str> = None;
    for line in without_fields(text).lines().map(str::trim) {
        match fence {
            Some(end) if line.starts_with(end) => fence = None,
            Some(_) => {}
            None => {
                fence = opening_fence(line);
                if fence.is_none() && !is_picture(line) {
                    prose.push(line);
                }
            }
        }
    }
    prose
}

/// Three marks or more begin a block of code, unless others on the same line end it.
fn opening_fence(line: &str) -> Option<&str> {
    let fence = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))?;
    let after = line.trim_start_matches(&fence[..1]);
    (!after.contains(fence)).then_some(fence)
}

fn is_picture(line: &str) -> bool {
    line.starts_with("![") && line.ends_with(')') && line.matches("](").count() == 1
}

/// The text after the fields that some programs write at its head, between two lines of `---`.
fn without_fields(text: &str) -> &str {
    let is_field = |line: &str| line.split_once(':').is_some_and(|(name, _)| is_name(name));
    let fields = || {
        let after = text.trim_start_matches('\u{feff}').strip_prefix("---")?;
        let (rule, after) = after.split_once('\n')?;
        let is_head = rule.trim().is_empty() && is_field(after.lines().next()?);
        let (_, text) = after.split_once("\n---").filter(|_| is_head)?;
        text.split_once('\n')
    };
    fields().filter(|(rule, _)| rule.trim().is_empty()).map_or(text, |(_, text)| text)
}

/// Whether a field may have this name: one word.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use crate::journal::entry::reflection::first_sentence;

    #[test]
    fn a_line_that_stands_for_a_text_is_its_first_prose() {
        for text in [
            "```python\nprint(1)\n```\nThe words.",
            "~~~\nlog\n```\n~~~\n\nThe words.",
            "   ```\n   print(1)\n   ```\nThe words.",
            "---\nmood: ok\ntags: [a]\n---\nThe words.",
            "---\r\nmood: ok\r\n---\r\nThe words.",
            "<!-- hidden -->\nThe words.",
            "<!-- hidden\nfor two lines --> The words.",
            "![picture](a.png)\nThe words.",
            "***\nThe words.",
            "---\nThe words.\n---\nMore: words.",
            "<!-- one --><!-- two -->\n![a](b)\n\n```\ncode\n```\nThe words.",
        ] {
            assert_eq!(first_sentence(text), "The words.", "{text:?}");
        }
    }

    #[test]
    fn a_text_that_is_all_code_is_what_was_written() {
        for (text, wanted) in [
            ("```\nlet a = 1;\n```", "let a = 1;"),
            ("```\nThe words are never closed", "The words are never closed"),
            ("<!-- only this", "<!-- only this"),
            ("```one``` is a line of prose", "```one``` is a line of prose"),
            ("![only](a.png)", "![only](a.png)"),
            ("---\nmood: ok\n---\n", "mood: ok"),
        ] {
            assert_eq!(first_sentence(text), wanted, "{text:?}");
        }
    }
}
