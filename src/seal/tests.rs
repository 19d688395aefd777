//! Each kind of wrong key, foreign file and damage is told from the others.

use std::fs;
use std::io::Read;
use std::str::FromStr;

use crate::seal::key_file::{open_key, seal_key};
use crate::seal::*;

/// Less work than for a person's key file, so that the tests are fast.
const WORK: u8 = 4;

fn key() -> (Key, RecoveryKey) {
    let recovery = RecoveryKey::generate();
    (Key::generate(&recovery), recovery)
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("not empty")
}

/// The name of a fault, without what is inside.
fn name(fault: &Fault) -> String {
    format!("{fault:?}").split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn both_keys_open_what_is_sealed_and_no_other_does() {
    let (key, recovery) = key();
    for plain in [&b""[..], b"words", &vec![7; 200_000]] {
        let sealed = seal(plain, &key.recipients);
        assert!(is_sealed(&sealed));
        assert!(!sealed.windows(5).any(|bytes| bytes == b"words"));
        assert_eq!(*open(&sealed, &key.secret).expect("opened"), plain);
        assert_eq!(*open(&sealed, &recovery).expect("opened"), plain);
        let other = open(&sealed, &SecretKey::generate()).expect_err("another key");
        assert!(matches!(other, Fault::OtherKey), "{other:?}");
    }
}

#[test]
fn what_is_wrong_is_told_without_a_secret_as_far_as_the_head_tells_it() {
    let ((key, _), (other, _)) = (key(), key());
    let sealed = seal(b"words", &key.recipients);
    let fault = |sealed: &[u8], recipients| fault_without_key(sealed, recipients);
    assert!(fault(&sealed, Some(&key.recipients)).is_none());
    assert!(fault(&sealed, None).is_none());
    assert!(matches!(fault(&sealed, Some(&other.recipients)), Some(Fault::OtherKey)));
    // Keys of which one is the same, as the recovery key is in a new pair.
    let recipients =
        Recipients { journal: other.recipients.journal.clone(), ..key.recipients.clone() };
    assert!(fault(&sealed, Some(&recipients)).is_none());
    assert!(matches!(fault(&sealed[..100], Some(&key.recipients)), Some(Fault::Damaged)));
    assert!(matches!(fault(b"", Some(&key.recipients)), Some(Fault::Empty)));
    assert!(matches!(fault(b"words", None), Some(Fault::NotSealed)));
    // The words themselves need a secret.
    let mut altered = sealed.clone();
    *altered.last_mut().expect("a byte") ^= 1;
    assert!(fault(&altered, Some(&key.recipients)).is_none());
    // Sealed by another program, so without a label.
    let unlabelled = age::encrypt(&key.secret.public(), b"words").expect("sealed");
    assert!(fault(&unlabelled, Some(&key.recipients)).is_none());
}

#[test]
fn an_altered_byte_is_damage_wherever_it_is_and_so_is_a_cut() {
    let (key, recovery) = key();
    let sealed = seal(&[1; 300], &key.recipients);
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        for secret in [&key.secret, &recovery] {
            let fault = open(&altered, secret).expect_err("altered");
            // The first line says what kind of file it is, and in which version.
            let wanted: &[&str] = match at {
                0..20 => &["NotSealed"],
                _ => &["Damaged"],
            };
            assert!(wanted.contains(&name(&fault).as_str()), "{at}: {fault:?}");
        }
        let fault = open(&sealed[..at], &key.secret).expect_err("cut");
        let wanted = if at == 0 { "Empty" } else { "Damaged" };
        assert_eq!(name(&fault), wanted, "{at}");
    }
    let longer = [&sealed[..], b"x"].concat();
    assert!(matches!(open(&longer, &key.secret), Err(Fault::Damaged)));
}

#[test]
fn a_cut_at_the_end_of_a_chunk_is_damage() {
    let (key, _) = key();
    // A chunk of age has 65,536 bytes.
    for length in [65_535, 65_536, 65_537, 131_072] {
        let sealed = seal(&vec![1; length], &key.recipients);
        let head = sealed.len() - length - 16 * length.div_ceil(65_536);
        for chunks in 0..length.div_ceil(65_536) {
            let cut = &sealed[..head + chunks * (65_536 + 16)];
            let fault = open(cut, &key.secret).expect_err("cut");
            assert!(matches!(fault, Fault::Damaged), "{length}, {chunks}: {fault:?}");
        }
    }
}

#[test]
fn a_foreign_file_is_told_apart() {
    let (key, _) = key();
    let foreign = open(b"SQLite format 3\0 and more", &key.secret).expect_err("foreign");
    assert!(matches!(foreign, Fault::NotSealed));
    let later = [b"age-encryption.org/v2\n", &seal(b"words", &key.recipients)[22..]].concat();
    assert!(matches!(open(&later, &key.secret), Err(Fault::Newer)));
    // Sealed by another program, so without a label.
    let other = age::encrypt(&SecretKey::generate().public(), b"words").expect("sealed");
    assert!(matches!(open(&other, &key.secret), Err(Fault::OtherKey)));
    let own = age::encrypt(&key.secret.public(), b"words").expect("sealed");
    assert_eq!(*open(&own, &key.secret).expect("opened"), b"words");
}

#[test]
fn a_key_file_opens_with_its_passphrase_alone() {
    let (key, _) = key();
    let sealed = seal_key(&key, &passphrase("four words"), WORK);
    let opened = open_key(&sealed, &passphrase("four words")).expect("opened");
    assert_eq!(opened.recipients, key.recipients);
    assert_eq!(opened.secret.text(), key.secret.text());
    let wrong = open_key(&sealed, &passphrase("four word")).expect_err("wrong");
    assert!(matches!(wrong, Fault::WrongPassphrase));
    let cut = open_key(&sealed[..sealed.len() - 1], &passphrase("four words")).expect_err("cut");
    assert!(matches!(cut, Fault::Damaged));
    // Sealed to keys, not with a passphrase.
    let journal = seal(b"words", &key.recipients);
    assert!(matches!(open_key(&journal, &passphrase("x")), Err(Fault::NotAKey)));
    let words = Passphrase::new(String::new());
    assert!(words.is_none());
}

#[test]
fn a_key_file_that_asks_for_too_much_work_is_not_tried() {
    let (key, _) = key();
    let sealed = seal_key(&key, &passphrase("x"), WORK);
    let text = String::from_utf8_lossy(&sealed);
    let line = text.lines().nth(1).expect("a line").to_owned();
    let more = line.replace(" 4", " 30");
    let at = line.len();
    let start = sealed.windows(at).position(|part| part == line.as_bytes()).expect("there");
    let sealed = [&sealed[..start], more.as_bytes(), &sealed[start + at..]].concat();
    assert!(matches!(open_key(&sealed, &passphrase("x")), Err(Fault::TooMuchWork)));
}

#[test]
fn a_key_file_of_another_journal_and_an_altered_one_are_named() {
    let home = tempfile::tempdir().expect("a folder");
    let files = |name: &str| KeyFiles::of(&home.path().join(name));
    let (one, other) = (files("journal.db"), files("other.db"));
    let ((key, _), (other_key, _)) = (key(), key());
    one.write(&key, &passphrase("one")).expect("written");
    other.write(&other_key, &passphrase("one")).expect("written");
    let unlock = |text: &str| one.unlock(&passphrase(text));
    let unlocked = unlock("one").expect("opened");
    assert!(!unlocked.is_recipients_file_old);
    assert_eq!(one.recipients().expect("read"), key.recipients);
    assert!(matches!(unlock("two").expect_err("wrong").why, Fault::WrongPassphrase));
    #[cfg(unix)]
    for path in [&one.key, &one.recipients] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    let sealed = fs::read(&one.key).expect("read");
    fs::copy(&other.key, &one.key).expect("copied");
    assert!(matches!(unlock("one").expect_err("another").why, Fault::Swapped));
    assert!(matches!(unlock("two").expect_err("wrong").why, Fault::WrongPassphraseOrFile));
    let mut altered = sealed.clone();
    // In the key of the file, which the passphrase opens, and in what that key opens.
    for (at, wanted) in [(60, "WrongPassphraseOrFile"), (sealed.len() - 1, "Damaged")] {
        altered.clone_from(&sealed);
        // Another letter of Base64 in the head, and another byte at the end.
        altered[at] = if altered[at] == b'B' { b'C' } else { b'B' };
        fs::write(&one.key, &altered).expect("written");
        assert_eq!(name(&unlock("one").expect_err("altered").why), wanted);
    }

    fs::write(&one.key, &sealed).expect("written");
    fs::remove_file(&one.recipients).expect("removed");
    assert!(unlock("one").expect("opened").is_recipients_file_old);
    one.write_recipients_again(&key.recipients).expect("written");
    assert!(!unlock("one").expect("opened").is_recipients_file_old);
    fs::write(&one.recipients, "age1\n").expect("written");
    assert!(matches!(unlock("one").expect_err("no keys").why, Fault::NotAKey));
    fs::remove_file(&one.key).expect("removed");
    assert!(matches!(unlock("one").expect_err("missing").why, Fault::Missing));
    assert_eq!(fs::read_dir(home.path()).expect("listed").count(), 3);
}

#[test]
fn a_recovery_key_is_read_as_it_is_shown_and_as_age_writes_it() {
    let (key, recovery) = key();
    let text = recovery.text().to_string();
    for text in [text.clone(), format!(" {}\n", text.to_lowercase()), format!("# a\n{text}\n\n")] {
        let read = RecoveryKey::from_text(&text).expect("read");
        assert!(read.is_recovery_of(&key.recipients));
    }
    for text in ["", "AGE-SECRET-KEY-1", "words", &text[1..], &format!("{text}\n{text}")] {
        assert!(matches!(RecoveryKey::from_text(text), Err(Fault::NotARecoveryKey)), "{text}");
    }
    assert!(!key.secret.is_recovery_of(&key.recipients));
    assert!(!format!("{key:?} {recovery:?}").contains("AGE-SECRET"));
    assert!(age::x25519::Recipient::from_str(&recovery.public().to_string()).is_ok());
}

#[test]
fn a_file_is_erased_and_replaced_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("file");
    replace(&path, b"one").expect("written");
    replace(&path, b"two").expect("written");
    assert_eq!(read(&path).expect("read"), b"two");
    let second = home.path().join("second");
    fs::hard_link(&path, &second).expect("linked");
    erase(&path).expect("erased");
    assert_eq!(fs::read(&second).expect("read"), b"two", "it was linked on purpose");
    let mut held = fs::File::open(&second).expect("opened");
    erase(&second).expect("erased");
    let mut left = Vec::new();
    held.read_to_end(&mut left).expect("read");
    assert_eq!(left, b"\0\0\0");
    erase(&path).expect("nothing there");
    assert!(matches!(read(&path).expect_err("missing").why, Fault::Missing));
}
