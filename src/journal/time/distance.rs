//! A number of days, weeks, months or years, as typed: `7d`, `2w`, `3m`, `1y`.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// The number and the unit; `None` if the text is not digits and one letter of a unit.
pub(crate) fn counted(text: &str) -> Option<(u32, Unit)> {
    let letter = text.chars().next_back()?;
    let digits = &text[..text.len() - letter.len_utf8()];
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let unit = match letter {
        'd' => Unit::Days,
        'w' => Unit::Weeks,
        'm' => Unit::Months,
        'y' => Unit::Years,
        _ => return None,
    };
    Some((digits.parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_digits_and_one_letter() {
        assert_eq!(counted("7d"), Some((7, Unit::Days)));
        assert_eq!(counted("0012y"), Some((12, Unit::Years)));
        for text in ["", "d", "7", "7x", "+7d", "-7d", "7 d", "7dd", "é", "7é", "99999999999d"] {
            assert_eq!(counted(text), None, "{text}");
        }
    }
}
