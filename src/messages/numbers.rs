//! Numbers with commas, and with the noun of what is counted.

/// A number with commas between its thousands: `18,240`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 word`, `18,240 words`.
pub fn words(number: usize) -> String {
    count(number as u64, "word", "words")
}

/// `1 day`, `30 days`.
pub fn days(number: u64) -> String {
    count(number, "day", "days")
}

/// `1 backup`, `2 backups`.
pub fn backups(number: usize) -> String {
    count(number as u64, "backup", "backups")
}

/// `1 line`, `2 lines`.
pub fn lines(number: usize) -> String {
    count(number as u64, "line", "lines")
}

/// `1 fact`, `2 facts`.
pub fn facts(number: usize) -> String {
    count(number as u64, "fact", "facts")
}

/// `1 entry`, `365 entries`.
pub fn entries(number: u64) -> String {
    count(number, "entry", "entries")
}

/// `1 lesson`, `365 lessons`.
pub fn lessons(number: usize) -> String {
    count(number as u64, "lesson", "lessons")
}

pub(crate) fn count(number: u64, one: &str, more: &str) -> String {
    let noun = if number == 1 { one } else { more };
    format!("{} {noun}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_by_commas() {
        for (number, wanted) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (12_345, "12,345")]
        {
            assert_eq!(grouped(number), wanted);
        }
    }

    #[test]
    fn a_number_has_its_noun_and_commas() {
        for (number, wanted) in [
            (0, "0 words"),
            (1, "1 word"),
            (999, "999 words"),
            (1000, "1,000 words"),
            (18_240, "18,240 words"),
            (1_000_000, "1,000,000 words"),
        ] {
            assert_eq!(words(number), wanted);
        }
    }
}
