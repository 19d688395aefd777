//! The text of a piece of HTML, as it stands in the fields of flash cards.

/// Tags that begin a new line.
const BREAKS: [&str; 8] = ["br", "div", "p", "li", "tr", "ul", "ol", "hr"];

/// The text without tags, with its line breaks and with the characters that entities stand for.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken =
            if rest.starts_with('<') { tag(rest, &mut text) } else { entity(rest, &mut text) };
        // What is neither is a character like any other.
        let taken = taken.unwrap_or_else(|| {
            text.push_str(&rest[..1]);
            1
        });
        rest = &rest[taken..];
    }
    text.push_str(rest);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Passes a tag, with a line break where it begins a line. Returns its length; `None` if this is
/// none.
fn tag(rest: &str, text: &mut String) -> Option<usize> {
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or(rest.len(), |end| end + 3));
    }
    let name = rest[1..].trim_start_matches('/');
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find('>')?;
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let is_break = name == "br" || name == "hr" || !text.is_empty() && !text.ends_with('\n');
    if BREAKS.contains(&name.as_str()) && is_break {
        text.push('\n');
    }
    Some(end + 1)
}

/// The longest entity that is looked for, with its signs.
const LONGEST: usize = 12;

/// Writes what an entity stands for. Returns its length; `None` if this is none.
fn entity(rest: &str, text: &mut String) -> Option<usize> {
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let numbered = || {
        let digits = name.strip_prefix('#')?;
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => digits.parse().ok()?,
        };
        char::from_u32(number).filter(|c| *c != '\0')
    };
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        _ => numbered()?,
    };
    text.push(c);
    Some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_html_is_without_tags_and_entities() {
        for (html, wanted) in [
            ("plain", "plain"),
            ("one<br>two<br />three", "one\ntwo\nthree"),
            ("<div>one</div><div>two</div>", "one\ntwo"),
            ("<b>a</b> &lt; b &amp;&nbsp;c &#39;d&#x27;", "a < b & c 'd'"),
            ("a < b, 3<4 & so on; &unknown; &", "a < b, 3<4 & so on; &unknown; &"),
            ("<!-- not this -->this<img src=\"a.png\">", "this"),
            ("&#0;&#55296;&\u{fc};", "&#0;&#55296;&\u{fc};"),
        ] {
            assert_eq!(text(html), wanted, "{html}");
        }
    }
}
