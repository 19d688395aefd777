//! Whether `TZ` names a zone that the clock library will really use.
//!
//! The library falls back to another zone in silence when it cannot read `TZ`, so the name is
//! looked up here the way the library does it: a file of the zone database, or a POSIX rule such
//! as `EST5EDT,M3.2.0,M11.1.0`.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use chrono::{Local, NaiveDate, Offset, TimeZone};

/// Where the zone database may be, in the order the library looks.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// Whether this value of `TZ` names a zone. The empty value means UTC by common agreement.
pub fn is_known(zone: &str) -> bool {
    // UTC needs no database, and a system that has none calls itself so.
    if cfg!(not(unix)) || ["", "localtime", "UTC", "Etc/UTC", "GMT"].contains(&zone) {
        return true;
    }
    let name = zone.strip_prefix(':').unwrap_or(zone);
    is_zone_file(name) || (name == zone && is_rule_in_use(zone))
}

fn is_zone_file(name: &str) -> bool {
    let path = Path::new(name);
    if path.is_absolute() {
        return begins_as_zone(path);
    }
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    plain && FOLDERS.iter().any(|folder| begins_as_zone(&Path::new(folder).join(path)))
}

fn begins_as_zone(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && &magic == b"TZif"
}

/// Whether the text is a POSIX rule and the clock follows it.
fn is_rule_in_use(text: &str) -> bool {
    let Some(offset) = standard_offset(text) else { return false };
    // Standard time holds in January or, south of the equator, in July; a rule has no years.
    [1, 7].iter().filter_map(|month| NaiveDate::from_ymd_opt(2026, *month, 1)).any(|date| {
        let midnight = date.and_hms_opt(0, 0, 0).expect("midnight is a time");
        Local.offset_from_utc_datetime(&midnight).fix().local_minus_utc() == offset
    })
}

/// The standard time's offset from UTC in seconds, if the text has the form of a POSIX rule:
/// a name and a distance, and for daylight saving a second name and two dates.
fn standard_offset(text: &str) -> Option<i32> {
    let rest = after_name(text)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "+-:".contains(c)));
    let (distance, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let seconds = distance_west(distance)?;
    if rest.is_empty() {
        return Some(-seconds);
    }
    let mut parts = after_name(rest)?.split(',');
    let summer = parts.next()?;
    let dates: Vec<&str> = parts.collect();
    let well_formed = (summer.is_empty() || distance_west(summer).is_some())
        && dates.len() == 2
        && dates.iter().all(|date| {
            !date.is_empty() && date.chars().all(|c| c.is_ascii_digit() || "JM./:+-".contains(c))
        });
    well_formed.then_some(-seconds)
}

fn after_name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        let (name, rest) = quoted.split_once('>')?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-';
        return (name.len() >= 3 && name.chars().all(allowed)).then_some(rest);
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    (end >= 3).then(|| &text[end..])
}

/// Seconds west of Greenwich, as POSIX counts: `5`, `-3:30`, `+10:00:00`.
fn distance_west(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut seconds = 0;
    let parts: Vec<&str> = digits.split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    for (part, unit) in parts.iter().zip([3600, 60, 1]) {
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        seconds += part.parse::<i32>().ok()? * unit;
    }
    Some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posix_rule_is_told_from_a_mistyped_name() {
        assert_eq!(standard_offset("EST5EDT,M3.2.0,M11.1.0"), Some(-5 * 3600));
        assert_eq!(standard_offset("<+03>-3"), Some(3 * 3600));
        assert_eq!(standard_offset("NST3:30NDT2:30,M3.2.0/0:01,M11.1.0/0:01"), Some(-12_600));
        assert_eq!(standard_offset("UTC0"), Some(0));
        for text in
            ["Nonsense", "Berlin/Europe", "UTC", "E5", "EST5EDT", "EST5x", "EST5:", "+3", " "]
        {
            assert_eq!(standard_offset(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_must_be_in_the_database_and_may_not_leave_it() {
        assert!(is_known(""));
        for name in ["Nonsense/Zone", "../../../etc/passwd", " ", "\u{1}", "/etc/passwd", ":EST5"] {
            assert!(!is_known(name), "{name:?}");
        }
    }
}
