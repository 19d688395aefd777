//! Numbers as an article writes them: in digits, in English words, in Roman numerals.

/// A number at the start of a text, up to 999, and what follows it.
pub(super) fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (number, rest) = text.split_at(digits);
        return Some((number.parse().ok().filter(|number| *number < 1000)?, rest));
    }
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || c == '-')).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    // A dash after the word separates it from the title.
    let word = word.trim_end_matches('-');
    let rest = if word.len() < end { &text[word.len()..] } else { rest };
    Some((in_words(&word.to_ascii_lowercase()).or_else(|| roman(word))?, rest))
}

const UNITS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn in_words(word: &str) -> Option<u32> {
    let place = |words: &[&str], word: &str| {
        words.iter().position(|one| *one == word).and_then(|at| u32::try_from(at).ok())
    };
    if let Some(at) = place(&UNITS, word) {
        return Some(at + 1);
    }
    let (tens, unit) = word.split_once('-').unwrap_or((word, ""));
    let tens = (place(&TENS, tens)? + 2) * 10;
    match unit {
        "" => Some(tens),
        unit => place(&UNITS[..9], unit).map(|at| tens + at + 1),
    }
}

/// A Roman numeral in capitals, up to 39.
fn roman(word: &str) -> Option<u32> {
    let tens = word.bytes().take_while(|byte| *byte == b'X').count();
    let unit = match &word[tens..] {
        "" => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    let number = u32::try_from(tens).ok()? * 10 + unit;
    (1..40).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_in_words_and_in_roman_numerals() {
        for (text, wanted) in [
            ("12: x", Some((12, ": x"))),
            ("five: x", Some((5, ": x"))),
            ("Twenty-one. x", Some((21, ". x"))),
            ("FIVE - x", Some((5, " - x"))),
            ("five- x", Some((5, "- x"))),
            ("IV. x", Some((4, ". x"))),
            ("XXXIX", Some((39, ""))),
            ("2017", None),
            ("IIII. x", None),
            ("i. x", None),
            ("Ten", Some((10, ""))),
            ("tenor", None),
            ("", None),
            ("- x", None),
            ("99999999999 x", None),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
    }
}
