//! The options of the pager `less`, as far as styles depend on them.
//!
//! `less` shows styles as plain codes unless it has the option `R` or `r`. A person who has chosen
//! other options, on the command or in the variable `LESS`, keeps them and gets `R` too.

/// Options that take a text, which goes to the next `$` or to the end.
const WITH_TEXT: &str = "\"DOPTkopt";

/// The value of `LESS` for a pager of these words; `None` if it is to stay as it is. `set` is its
/// present value.
pub(super) fn options(words: &[&str], set: Option<&str>) -> Option<String> {
    let Some(set) = set else {
        // A script may start less, so this is for any pager.
        return Some("R".to_owned());
    };
    let is_less = |word: &&str| word.rsplit('/').next() == Some("less");
    let at = words.iter().position(is_less)?;
    let mut arguments = words[at + 1..].iter().filter(|word| word.starts_with(['-', '+']));
    let has_styles = shows_styles(set) || arguments.any(|word| shows_styles(word));
    // In front, because the last option of the variable may take a text.
    (!has_styles).then(|| format!("R {set}"))
}

/// Whether `R` or `r` is among these options, which stand as in the variable.
fn shows_styles(options: &str) -> bool {
    let mut rest = options;
    while let Some(c) = rest.chars().next() {
        if let Some(long) = rest.strip_prefix("--") {
            if long.to_ascii_lowercase().starts_with("raw") {
                return true;
            }
            let has_text = |c: char| c == '=' || c == '$' || c.is_ascii_whitespace();
            let end = long.find(has_text).unwrap_or(long.len());
            rest = &long[end..];
            if rest.starts_with('=') {
                rest = after_text(rest);
            }
            continue;
        }
        match c {
            'R' | 'r' => return true,
            _ if WITH_TEXT.contains(c) => rest = after_text(rest),
            _ => rest = &rest[c.len_utf8()..],
        }
    }
    false
}

fn after_text(options: &str) -> &str {
    options.split_once('$').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_is_told_to_show_styles_unless_it_was() {
        for (command, set, wanted) in [
            ("less", None, Some("R")),
            ("my-pager", None, Some("R")),
            ("my-pager", Some("-i"), None),
            ("less", Some("-i"), Some("R -i")),
            ("/usr/bin/less -F", Some("-M"), Some("R -M")),
            ("TERM=xterm less -S", Some("FX"), Some("R FX")),
            ("less", Some("-P?f%f:stdin. of rows"), Some("R -P?f%f:stdin. of rows")),
            ("less", Some("-Pnone$R"), None),
            ("less", Some("--quit-if-one-screen --mouse"), Some("R --quit-if-one-screen --mouse")),
            ("less", Some("--prompt=row$ -r"), None),
            ("less", Some("--RAW-CONTROL-CHARS"), None),
            ("less -R", Some("-i"), None),
            ("less -iFR", Some("-i"), None),
            ("less --raw-control-chars", Some("-i"), None),
            ("less -p error", Some("-i"), Some("R -i")),
            ("less -perror", Some("-i"), Some("R -i")),
            ("less", Some("-FRX"), None),
            ("less", Some("j10R"), None),
        ] {
            let words: Vec<&str> = command.split(' ').collect();
            assert_eq!(options(&words, set).as_deref(), wanted, "{command}: {set:?}");
        }
    }
}
