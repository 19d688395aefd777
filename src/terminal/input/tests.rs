//! Every form of input that terminals are known to send, whole and in pieces.

use proptest::prelude::*;

use super::decoder::{Decoder, Open};
use super::{Input, Key, KeyPress};

/// What terminals send without a key: answers, reports, the ends of key presses.
const REPORTS: &[&[u8]] = &[
    b"\x1b]10;rgb:ffff/ffff/ffff\x07",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x9c",
    b"\x1b]52;c;d29yZHM=\x07",
    b"\x1b]2;\xe2\x9c\x9c \xd0\x9cir\x1b\\",
    b"\x1b[?62;1;22c",
    b"\x1b[>1;10;0c",
    b"\x1bP!|00000000\x1b\\",
    b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP1+r436f=323536\x1b\\",
    b"\x1bP0;1|17/\xe2\x9c\x9cab\x1b\\",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1bXwords\x07more\x1b\\",
    b"\x1b^words\x1b\\",
    b"\x1b[=5;6x",
    b"\x1b[12;40R",
    b"\x1b[?12;40R",
    b"\x1b[0n",
    b"\x1b[?2026;2$y",
    b"\x1b[20;2$y",
    b"\x1b[?997;1n",
    b"\x1b[?1u",
    b"\x1b[122;1:3u",
    b"\x1b[122:90;2:3u",
    b"\x1b[57441;2u",
    b"\x1b[1;1:3A",
    b"\x1b[3;1:3~",
    b"\x1b[<0;12;7M",
    b"\x1b[<0;12;7m",
    b"\x1b[M !!",
    b"\x1b[M\x20\xa1\xc3",
    b"\x9bM\x1b[~",
    b"\x1b[32;12;7M",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[48;24;80;480;800t",
    b"\x9b31m",
    b"\x9d11;rgb:0/0/0\x9c",
    b"\x90!|0\x9c",
    b"\x9fGi=1\x9c",
    b"\x98words\x1b\\",
    b"\x9ewords\x1b\\",
    b"\x1b[12;4\x18",
    b"\x1b]11;words\x1a",
    b"\x1b_words\x18",
    b"\x1b[201~",
    b"\x1b[99~",
    b"\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;27;28;29;30;31;32;33;34m",
    b"\xc2\x80",
    b"\xc2\x9b",
];

/// Damage, and how many bad characters it is.
const DAMAGE: &[(&[u8], usize)] = &[
    (b"\xe9", 1),
    (b"\x80", 1),
    (b"\xc0\xaf", 2),
    (b"\xed\xa0\x80", 3),
    (b"\xf5", 1),
    (b"\xe2\x82", 1),
    (b"\xf0\x9f\x99", 1),
    (b"\x9c", 1),
    (b"\xff", 1),
];

fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

fn ctrl(key: Key) -> KeyPress {
    KeyPress::ctrl(key)
}

fn alt(key: Key) -> KeyPress {
    KeyPress::alt(key)
}

fn shift(key: Key) -> KeyPress {
    KeyPress::shift(key)
}

fn keys() -> Vec<(&'static [u8], KeyPress)> {
    use Key::{
        Backspace, Char, Delete, Down, End, Enter, Escape, Function, Home, Insert, Left, PageDown,
        PageUp, Right, Tab, Up,
    };
    let ctrl_shift = |key| KeyPress { shift: true, ..ctrl(key) };
    vec![
        (b"\r", plain(Enter)),
        (b"\n", plain(Enter)),
        (b"\x1bOM", plain(Enter)),
        (b"\x1b[13u", plain(Enter)),
        (b"\x1b[13;2u", shift(Enter)),
        (b"\x1b[27;5;13~", ctrl(Enter)),
        (b"\x1b\r", alt(Enter)),
        (b"\t", plain(Tab)),
        (b"\x1b[Z", shift(Tab)),
        (b"\x1b[9;2u", shift(Tab)),
        (b"\x7f", plain(Backspace)),
        (b"\x08", plain(Backspace)),
        (b"\x1b\x7f", alt(Backspace)),
        (b"\x1b[127;5u", ctrl(Backspace)),
        (b"\0", ctrl(Char('@'))),
        (b"\x01", ctrl(Char('a'))),
        (b"\x03", ctrl(Char('c'))),
        (b"\x18", ctrl(Char('x'))),
        (b"\x1a", ctrl(Char('z'))),
        (b"\x1c", ctrl(Char('\\'))),
        (b"\x1d", ctrl(Char(']'))),
        (b"\x1e", ctrl(Char('^'))),
        (b"\x1f", ctrl(Char('_'))),
        (b"\x1b[97;5u", ctrl(Char('a'))),
        (b"\x1b[27;5;97~", ctrl(Char('a'))),
        (b"\x1b[32;5u", ctrl(Char('@'))),
        (b"\x1b[47;5u", ctrl(Char('_'))),
        (b"\x1b[27u", plain(Escape)),
        (b"\x1be", alt(Char('e'))),
        (b"\x1b ", alt(Char(' '))),
        (b"\x1b.", alt(Char('.'))),
        (b"\x1b[101;3u", alt(Char('e'))),
        (b"\x1b[A", plain(Up)),
        (b"\x1bOA", plain(Up)),
        (b"\x8fA", plain(Up)),
        (b"\x9bA", plain(Up)),
        (b"\x1b[1;1A", plain(Up)),
        (b"\x1b[1;1:2A", plain(Up)),
        (b"\x1b[1;2A", shift(Up)),
        (b"\x1b[a", shift(Up)),
        (b"\x1b[1;3A", alt(Up)),
        (b"\x1b\x1b[A", alt(Up)),
        (b"\x1b\x1bOA", alt(Up)),
        (b"\x1b[1;4A", KeyPress { shift: true, ..alt(Up) }),
        (b"\x1b[1;5A", ctrl(Up)),
        (b"\x1bO5A", ctrl(Up)),
        (b"\x1bO1;5A", ctrl(Up)),
        (b"\x1bOa", ctrl(Up)),
        (b"\x1b[1;6A", ctrl_shift(Up)),
        (b"\x1b[1;7A", KeyPress { ctrl: true, ..alt(Up) }),
        (b"\x1b[1;8A", KeyPress { key: Up, ctrl: true, alt: true, shift: true }),
        (b"\x1b[1;133A", ctrl(Up)),
        (b"\x1b[B", plain(Down)),
        (b"\x1b[C", plain(Right)),
        (b"\x1b[1;5C", ctrl(Right)),
        (b"\x1bOD", plain(Left)),
        (b"\x1b[H", plain(Home)),
        (b"\x1bOH", plain(Home)),
        (b"\x1b[1~", plain(Home)),
        (b"\x1b[7~", plain(Home)),
        (b"\x1b[F", plain(End)),
        (b"\x1b[4~", plain(End)),
        (b"\x1b[8^", ctrl(End)),
        (b"\x1b[1;2F", shift(End)),
        (b"\x1b[5~", plain(PageUp)),
        (b"\x1b[6~", plain(PageDown)),
        (b"\x1b[6;5~", ctrl(PageDown)),
        (b"\x1b[2~", plain(Insert)),
        (b"\x1b[3~", plain(Delete)),
        (b"\x1b[3;5~", ctrl(Delete)),
        (b"\x1b[3^", ctrl(Delete)),
        (b"\x1b[3$", shift(Delete)),
        (b"\x1b[3@", ctrl_shift(Delete)),
        (b"\x1bOP", plain(Function(1))),
        (b"\x1b[P", plain(Function(1))),
        (b"\x1b[11~", plain(Function(1))),
        (b"\x1b[[A", plain(Function(1))),
        (b"\x1b[1;5P", ctrl(Function(1))),
        (b"\x1b[[C", plain(Function(3))),
        (b"\x1bOR", plain(Function(3))),
        (b"\x1b[13~", plain(Function(3))),
        (b"\x1bOS", plain(Function(4))),
        (b"\x1b[15~", plain(Function(5))),
        (b"\x1b[17~", plain(Function(6))),
        (b"\x1b[21~", plain(Function(10))),
        (b"\x1b[23~", plain(Function(11))),
        (b"\x1b[24;2~", shift(Function(12))),
        (b"\x1b[25~", plain(Function(13))),
        (b"\x1b[34~", plain(Function(20))),
        (b"\x1b[57387u", plain(Function(24))),
    ]
}

/// Keys that are characters, and reach dwell as sequences.
const LETTERS: &[(&[u8], &str)] = &[
    (b"\x1b[122u", "z"),
    (b"\x1b[122;1:1u", "z"),
    (b"\x1b[122;2u", "Z"),
    (b"\x1b[50:34;2u", "\""),
    (b"\x1b[97;1;228u", "ä"),
    (b"\x1b[97;2;65u", "A"),
    (b"\x1b[97;;98u", "b"),
    (b"\x1b[27;2;65~", "A"),
    (b"\x1b[19990u", "世"),
    (b"\x1b[57404u", "5"),
    (b"\x1bOp", "0"),
    ("\x1bé".as_bytes(), "é"),
    ("\x1b[é".as_bytes(), "é"),
    ("\x1b[1;é".as_bytes(), "é"),
    // The parser does not count so far.
    (b"\x1b[128512u", "\u{fffd}"),
];

/// Decodes the pieces one after the other. Characters that follow one another are one text.
fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut found: Vec<Input> = Vec::new();
    let mut add = |inputs: Vec<Input>| {
        for input in inputs {
            match (found.last_mut(), input) {
                (Some(Input::Text(before)), Input::Text(text)) => before.push_str(&text),
                (_, input) => found.push(input),
            }
        }
    };
    for piece in pieces {
        add(decoder.feed(piece));
    }
    add(decoder.finish());
    found
}

fn text(text: &str) -> Input {
    Input::Text(text.to_owned())
}

fn paste(text: &str) -> Input {
    Input::Paste(text.to_owned())
}

/// What these bytes are between letters, whole and byte by byte; the letters must be there.
fn between_letters(bytes: &[u8]) -> Vec<Input> {
    let all = [b"ab", bytes, b"cdefgh"].concat();
    let whole = decode([&all[..]]);
    assert_eq!(decode(all.chunks(1)), whole, "{} byte by byte", bytes.escape_ascii());
    whole
}

#[test]
fn nothing_that_a_terminal_sends_by_itself_is_typed_or_takes_a_letter() {
    for report in REPORTS {
        assert_eq!(between_letters(report), [text("abcdefgh")], "{}", report.escape_ascii());
    }
}

#[test]
fn bad_bytes_are_marked_one_by_one_and_take_no_letter() {
    for (bytes, count) in DAMAGE {
        let wanted = format!("ab{}cdefgh", "\u{fffd}".repeat(*count));
        assert_eq!(between_letters(bytes), [text(&wanted)], "{}", bytes.escape_ascii());
    }
}

#[test]
fn every_form_of_a_key_is_that_key() {
    for (bytes, press) in keys() {
        let wanted = [text("ab"), Input::Key(press), text("cdefgh")];
        assert_eq!(between_letters(bytes), wanted, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_character_that_comes_as_a_sequence_is_that_character() {
    for (bytes, character) in LETTERS {
        let wanted = format!("ab{character}cdefgh");
        assert_eq!(between_letters(bytes), [text(&wanted)], "{}", bytes.escape_ascii());
    }
}

#[test]
fn an_escape_alone_is_the_key_only_when_nothing_follows_it() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert_eq!(decoder.open(), Some(Open::Escape));
    assert_eq!(decoder.close(), [Input::Key(plain(Key::Escape))]);
    assert_eq!(decoder.open(), None);
    let escape = || Input::Key(plain(Key::Escape));
    assert_eq!(decode([&b"\x1b\x1b"[..]]), [escape(), escape()]);
    // The beginning of a sequence waits for its end, as long as it takes.
    for beginning in [&b"\x1b["[..], b"\x1b[1;5", b"\x1bO", b"\x1b[M ", b"\x1b[["] {
        assert_eq!(decoder.feed(beginning), []);
        assert_eq!(decoder.open(), None, "{}", beginning.escape_ascii());
        decoder = Decoder::default();
    }
    // In a string, an Escape is half of its end.
    assert_eq!(decoder.feed(b"\x1b]11;rgb\x1b"), []);
    assert!(matches!(decoder.open(), Some(Open::String { .. })));
}

#[test]
fn a_string_that_never_ends_takes_few_words() {
    let mut decoder = Decoder::default();
    decoder.feed(b"\x1b]11;words");
    assert_eq!(decoder.close(), []);
    assert_eq!(decoder.feed(b"more\x18"), [text("more"), Input::Key(ctrl(Key::Char('x')))]);
    for beginning in [&b"\x1b]1;"[..], b"\x1bP1", b"\x1b_", b"\x1bX", b"\x1b^"] {
        let all = [beginning, "word ".repeat(2000).as_bytes()].concat();
        let [Input::Text(left)] = &decode([&all[..]])[..] else { panic!("one text") };
        assert!((5000..6000).contains(&left.len()), "{}", left.len());
    }
}

#[test]
fn words_after_a_key_with_alt_are_no_string_of_a_terminal() {
    for beginning in [&b"\x1b]"[..], b"\x1bP"] {
        let all = [beginning, b"and words"].concat();
        assert_eq!(decode([&all[..]]), [text("and words")], "{}", beginning.escape_ascii());
    }
    let mut decoder = Decoder::default();
    for (beginning, is_answer) in
        [(&b"\x1b]11;"[..], true), (b"\x1bP>", true), (b"\x1b_G", true), (b"\x1b_w", false)]
    {
        decoder.feed(beginning);
        let open = decoder.open();
        assert!(matches!(open, Some(Open::String { is_answer: is, .. }) if is == is_answer));
        decoder = Decoder::default();
    }
}

#[test]
fn a_paste_is_one_input_and_clean() {
    for (bytes, wanted) in [
        (&b"one\rtwo\r\nthree\nfour\n\rfive"[..], "one\ntwo\nthree\nfour\n\nfive"),
        (b"\x1b[31mred\x1b[0m\x1b]8;;x\x07\x1bc!\x1b[Aup\x1bOA", "red!up"),
        (b"a\tb\0c\x04d\x07e\x08f\x7fg\x03", "a\tbcdefg"),
        ("x\u{85}y\u{2028}z\u{2029}\u{9b}31m".as_bytes(), "x\ny\nz\n31m"),
        (b"\xe9a\xed\xa0\x80\xe2\x82", "\u{fffd}a\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
        ("é\x1bé\x1b\r\x1b".as_bytes(), "éé\n"),
        // No mouse report: its three bytes could be the words, or the end of the paste.
        (b"\x1b[Mwords", "words"),
        (b"\x1b[200~again", "again"),
        (b"\x1b]7;never ended", ""),
        (b"\x1b]no string", "no string"),
        (b"\x1b[1;2", ""),
        (b"", ""),
    ] {
        let marked = [b"\x1b[200~", bytes, b"\x1b[201~"].concat();
        let found = between_letters(&marked);
        assert_eq!(found, [text("ab"), paste(wanted), text("cdefgh")], "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_without_an_end_is_given_out_when_no_more_comes() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b[200~one\rtw"), []);
    assert_eq!(decoder.open(), Some(Open::Paste));
    assert_eq!(decoder.close(), [paste("one\ntw")]);
    assert_eq!(decoder.feed(b"o\x1b[201~"), [text("o")]);
    decoder.feed(b"\x1b[200~cut \xe2\x82");
    assert_eq!(decoder.finish(), [paste("cut \u{fffd}")]);
}

#[test]
fn a_long_paste_takes_time_as_its_length_does() {
    crate::text::testing::assert_linear("decoding", 20_000, |pasted| {
        let marked = ["\x1b[200~", pasted, "\x1b[201~"].concat();
        let [Input::Paste(_)] = &decode([marked.as_bytes()])[..] else { panic!("one paste") };
        decode([pasted.as_bytes()]);
    });
}

fn anything() -> impl Strategy<Value = Vec<u8>> {
    let any_of = |list: Vec<&'static [u8]>| prop::sample::select(list).prop_map(<[u8]>::to_vec);
    let keys = keys().into_iter().map(|(bytes, _)| bytes).collect();
    let letters = LETTERS.iter().map(|(bytes, _)| *bytes).collect();
    let part = prop_oneof![
        any_of(REPORTS.to_vec()),
        any_of(keys),
        any_of(letters),
        any_of(DAMAGE.iter().map(|(bytes, _)| *bytes).collect()),
        any_of(vec![b"\x1b", b"\x1b[200~", b"\x1b[201~", b"\x1b[", b"\x1b]", b"\x9b", b";", b"$"]),
        "[a-zé世]{1,6}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..6),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn bytes_mean_the_same_in_any_pieces(
        bytes in anything(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let pieces = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]);
        prop_assert_eq!(decode(pieces), decode([&bytes[..]]));
    }

    #[test]
    fn no_text_has_a_control_character(bytes in anything()) {
        for input in decode([&bytes[..]]) {
            match input {
                Input::Text(text) => prop_assert!(!text.chars().any(char::is_control)),
                Input::Paste(text) => {
                    let is_bad = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
                    prop_assert!(!text.chars().any(is_bad));
                }
                Input::Key(_) => {}
            }
        }
    }

    #[test]
    fn letters_between_sequences_all_arrive(
        parts in prop::collection::vec((prop::sample::select(REPORTS.to_vec()), "[a-zé世]{0,4}"), 0..8),
    ) {
        let bytes: Vec<u8> =
            parts.iter().flat_map(|(report, words)| [*report, words.as_bytes()].concat()).collect();
        let wanted: String = parts.iter().map(|(_, words)| words.as_str()).collect();
        let found = decode(bytes.chunks(3));
        prop_assert_eq!(found, if wanted.is_empty() { vec![] } else { vec![text(&wanted)] });
    }
}
