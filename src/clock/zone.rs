//! Whether `TZ` names a zone that chrono uses.
//!
//! If chrono cannot read `TZ`, it silently uses another zone. So the name is checked here in the
//! same way: it is a file of the zone database, or a POSIX rule such as `EST5EDT,M3.2.0,M11.1.0`.

use std::io::Read;
use std::path::{Component, Path};

use chrono::{Local, NaiveDate, Offset, TimeZone};

use crate::platform;

/// The size of the largest file of a zone, in bytes: 1 MiB. The real ones have a few thousand.
const LARGEST: u64 = 1 << 20;

/// The folders of the zone database, in the order in which chrono searches them.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// Why a value of `TZ` names no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneFault {
    /// There is no such zone and no such rule.
    Unknown,
    /// It may be a zone, but the system has no zone database.
    NoDatabase,
    /// It is a POSIX rule with daylight saving and without the dates at which it begins and ends.
    /// There is no default for them that holds in every country.
    NoDates,
}

/// Errors if this value of `TZ` names no zone. The empty value means UTC.
pub fn require_known(zone: &str) -> Result<(), ZoneFault> {
    // UTC needs no database. A system without one uses these names.
    if cfg!(not(unix)) || ["", "localtime", "UTC", "Etc/UTC", "GMT"].contains(&zone) {
        return Ok(());
    }
    let name = zone.strip_prefix(':').unwrap_or(zone);
    if is_zone_file(name) || (name == zone && is_rule_in_use(zone)) {
        Ok(())
    } else if name == zone && standard_offset(&format!("{zone},M3.2.0,M11.1.0")).is_some() {
        Err(ZoneFault::NoDates)
    } else if is_name_in_database(name) && !has_database(&FOLDERS) {
        Err(ZoneFault::NoDatabase)
    } else {
        Err(ZoneFault::Unknown)
    }
}

/// Whether one of these folders holds a zone that every database has.
fn has_database(folders: &[&str]) -> bool {
    let zones = ["UTC", "Etc/UTC", "Europe/London", "Asia/Tokyo"];
    let mut files =
        folders.iter().flat_map(|folder| zones.map(|zone| Path::new(folder).join(zone)));
    files.any(|file| has_zone_header(&file))
}

/// Whether the text is written as the name of a zone in the database: words with a `/` between.
fn is_name_in_database(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "_+-".contains(c))
    };
    name.split('/').all(is_part)
}

fn is_zone_file(name: &str) -> bool {
    let path = Path::new(name);
    if path.is_absolute() {
        return has_zone_header(path);
    }
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    plain && FOLDERS.iter().any(|folder| has_zone_header(&Path::new(folder).join(path)))
}

fn has_zone_header(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = platform::open_file(path).and_then(|mut file| {
        file.read_exact(&mut magic)?;
        file.metadata()
    });
    // chrono reads the whole file.
    read.is_ok_and(|metadata| metadata.len() <= LARGEST) && &magic == b"TZif"
}

/// Whether the text is a POSIX rule and chrono uses it.
fn is_rule_in_use(text: &str) -> bool {
    let Some(offset) = standard_offset(text) else { return false };
    // Standard time is used in January or, south of the equator, in July. Any year will do.
    [1, 7].iter().filter_map(|month| NaiveDate::from_ymd_opt(2026, *month, 1)).any(|date| {
        let midnight = date.and_hms_opt(0, 0, 0).expect("midnight is a time");
        Local.offset_from_utc_datetime(&midnight).fix().local_minus_utc() == offset
    })
}

/// The offset of standard time from UTC in seconds; `None` if the text is not a POSIX rule. A rule
/// is a name and an offset, and for daylight saving a second name and two dates.
fn standard_offset(text: &str) -> Option<i32> {
    let rest = after_name(text)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "+-:".contains(c)));
    let (offset, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let seconds = seconds_west(offset)?;
    if rest.is_empty() {
        return Some(-seconds);
    }
    let mut parts = after_name(rest)?.split(',');
    let summer = parts.next()?;
    let dates: Vec<&str> = parts.collect();
    let well_formed = (summer.is_empty() || seconds_west(summer).is_some())
        && dates.len() == 2
        && dates.iter().all(|date| {
            !date.is_empty() && date.chars().all(|c| c.is_ascii_digit() || "JM./:+-".contains(c))
        });
    well_formed.then_some(-seconds)
}

/// The rest of a rule after the name at its beginning; `None` if there is no name.
fn after_name(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('<') {
        let (name, rest) = quoted.split_once('>')?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-';
        return (name.len() >= 3 && name.chars().all(allowed)).then_some(rest);
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    (end >= 3).then(|| &text[end..])
}

/// Seconds west of Greenwich from an offset of POSIX: `5`, `-3:30`, `+10:00:00`.
fn seconds_west(text: &str) -> Option<i32> {
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
    fn a_mistyped_name_is_not_a_posix_rule() {
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
    fn a_name_must_be_a_path_inside_the_database() {
        assert_eq!(require_known(""), Ok(()));
        for name in ["Nonsense/Zone", "../../../etc/passwd", " ", "\u{1}", "/etc/passwd", ":EST5"] {
            assert_eq!(require_known(name), Err(ZoneFault::Unknown), "{name:?}");
        }
    }

    #[test]
    fn a_rule_without_dates_is_told_apart() {
        for rule in ["CET-1CEST", "EST5EDT4", "<+01>-1<+02>", "NZST-12NZDT"] {
            assert_eq!(require_known(rule), Err(ZoneFault::NoDates), "{rule}");
        }
        for text in ["CET-1CEST,M3.5.0", "CET-1CEST,", "CETCEST"] {
            assert_eq!(require_known(text), Err(ZoneFault::Unknown), "{text}");
        }
    }

    #[test]
    fn a_system_without_a_database_is_told_from_a_mistyped_zone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_str().expect("UTF-8");
        assert!(!has_database(&[path, "/nowhere"]));
        std::fs::write(folder.path().join("UTC"), "TZif2").expect("written");
        assert!(has_database(&["/nowhere", path]));
        for name in ["Europe/Berlin", "Etc/GMT+5", "America/Port-au-Prince", "EST"] {
            assert!(is_name_in_database(name), "{name}");
        }
        for text in ["/etc/passwd", "../x", " ", "Europe/", "M3.2.0,x"] {
            assert!(!is_name_in_database(text), "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_no_zone_is_not_read_without_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let large = folder.path().join("large");
        std::fs::write(&large, "TZif2").expect("written");
        assert!(has_zone_header(&large));
        let file = std::fs::OpenOptions::new().write(true).open(&large).expect("opened");
        file.set_len(LARGEST + 1).expect("made longer");
        for path in [large.as_path(), folder.path(), Path::new("/dev/zero")] {
            assert!(!has_zone_header(path), "{}", path.display());
        }
    }
}
