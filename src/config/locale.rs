//! What a locale says: the first day of the week in its country, and whether text is UTF-8.

use chrono::Weekday;

/// The countries in which the week does not start on Monday, from the Unicode locale data.
const SUNDAY: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA \
    MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
const SATURDAY: &str = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
const FRIDAY: &str = "MV";

/// The first day of the week in the country of a locale such as `de_AT.UTF-8`; Monday if it names
/// no country.
pub(super) fn first_weekday(locale: &str) -> Weekday {
    let name = locale.split(['.', '@']).next().unwrap_or_default();
    let country = name.rsplit(['_', '-']).next().unwrap_or_default();
    // Two letters and a space for each: this is asked at every start.
    let is_in = |list: &str| {
        let mut countries = list.as_bytes().chunks(3);
        country.len() == 2 && countries.any(|other| other.starts_with(country.as_bytes()))
    };
    if is_in(SUNDAY) {
        Weekday::Sun
    } else if is_in(SATURDAY) {
        Weekday::Sat
    } else if is_in(FRIDAY) {
        Weekday::Fri
    } else {
        Weekday::Mon
    }
}

/// Whether text in this locale is written in UTF-8.
pub(super) fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_starts_as_in_the_country() {
        for (locale, wanted) in [
            ("en_US.UTF-8", Weekday::Sun),
            ("en_GB.UTF-8", Weekday::Mon),
            ("de_AT@euro", Weekday::Mon),
            ("ar_EG", Weekday::Sat),
            ("dv_MV", Weekday::Fri),
            ("pt-BR", Weekday::Sun),
            ("es_MX", Weekday::Sun),
            ("en_ZW", Weekday::Sun),
            ("en_U", Weekday::Mon),
            ("C.UTF-8", Weekday::Mon),
            ("POSIX", Weekday::Mon),
            ("", Weekday::Mon),
        ] {
            assert_eq!(first_weekday(locale), wanted, "{locale}");
        }
    }

    #[test]
    fn characters_beyond_ascii_need_a_locale_that_says_utf_8() {
        for (locale, wanted) in
            [("en_US.UTF-8", true), ("C.utf8", true), ("C", false), ("de_DE.ISO-8859-1", false)]
        {
            assert_eq!(is_utf8(locale), wanted, "{locale}");
        }
    }
}
