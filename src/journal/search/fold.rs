//! What readers take for the same text: the one rule by which texts are indexed, searches are read
//! and tags are compared.
//!
//! Case, accents, compatibility forms (half width, ligatures, circles), letters without parts such
//! as ł and ø, characters that nobody sees, and the several forms of one Arabic letter make no
//! difference. What makes another word of one does: the vowel signs and tones of India and of
//! South-East Asia, the voiced kana, й beside и.

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_compatible, is_combining_mark,
};

use crate::journal::search::letters::{add_plain, joined, makes_another, nasal_sign, stands_alone};

/// A piece of a text, and the bytes of the text that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    pub kind: PieceKind<'a>,
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind<'a> {
    /// A letter or a digit of a word, folded.
    Letter(&'a str),
    /// A letter that is a word by itself, folded.
    Alone(&'a str),
    /// A place at which some readers see two words and some see one.
    Joint,
    /// A character that is no part of a word.
    Gap(char),
}

/// Calls `see` with each piece of the text, in order.
pub fn fold(text: &str, see: impl FnMut(Piece<'_>)) {
    let mut folder = Folder { see, letter: Vec::new(), start: 0, end: 0, piece: String::new() };
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let end = start + c.len_utf8();
        match c {
            ' '..='~' if !c.is_ascii_alphanumeric() => folder.put_gap(c, start, end),
            '\0'..='\u{7f}' => folder.put(c, start, end, None),
            '\u{200d}' => folder.join(end),
            _ if is_joint(c) => folder.put_joint(start, end),
            _ if is_unseen(c) => folder.widen(end),
            // Signs at the end of a name are no letters of it.
            '™' | '℠' => folder.put_gap(c, start, end),
            _ => {
                let next = chars.peek().map(|(_, next)| *next);
                decompose_compatible(c, |part| folder.put(part, start, end, next));
            }
        }
    }
    folder.flush(None);
}

/// The text folded, with everything that is no part of a word as it stands.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, |piece| match piece.kind {
        PieceKind::Letter(letter) | PieceKind::Alone(letter) => folded.push_str(letter),
        PieceKind::Joint => {}
        PieceKind::Gap(c) => folded.push(c),
    });
    folded
}

/// Whether a character joins two parts of a word that some write apart or together: the Persian
/// half-space, a space without width, and the letters that look like an apostrophe.
pub fn is_joint(c: char) -> bool {
    matches!(
        c,
        '\u{200b}' | '\u{200c}' | '\u{2b9}'
            ..='\u{2bf}'
                | '\u{2c8}'
                | '\u{2cc}'
                | '\u{2ee}'
                | '\u{7f4}'
                | '\u{7f5}'
                | '\u{a78b}'
                | '\u{a78c}'
    )
}

/// Whether a character is not seen, or only makes a word wider: soft hyphens, marks of direction,
/// selectors of a form, the stroke that stretches Arabic.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{7fa}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180a}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is part of a word, unlike letters in dark squares, which are emoji.
pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{1f130}'..='\u{1f189}')
}

/// A text that is being folded, letter by letter.
struct Folder<F> {
    see: F,
    /// The letter that was read last, folded, with the marks that make a difference.
    letter: Vec<char>,
    /// The bytes of that letter, with all its marks.
    start: usize,
    end: usize,
    /// The same as text, when it is shown.
    piece: String,
}

impl<F: FnMut(Piece<'_>)> Folder<F> {
    /// Adds one decomposed character that stands in these bytes. `next` is the character after
    /// them.
    fn put(&mut self, c: char, start: usize, end: usize, next: Option<char>) {
        if is_combining_mark(c) {
            self.put_mark(c, end);
        } else if self.ends_syllable(c) {
            self.letter.push(c);
            self.end = end;
        } else if c == '·' && self.letter == ['l'] && matches!(next, Some('l' | 'L')) {
            // In Catalan, col·lega is one word.
            self.widen(end);
        } else if is_joint(c) {
            self.put_joint(start, end);
        } else if is_unseen(c) {
            self.widen(end);
        } else if is_letter(c) {
            self.flush(Some(c));
            add_plain(c, &mut self.letter);
            (self.start, self.end) = (start, end);
        } else {
            self.put_gap(c, start, end);
        }
    }

    fn put_mark(&mut self, mark: char, end: usize) {
        // A mark without a letter is not seen.
        let Some(letter) = self.letter.first() else { return };
        if makes_another(*letter, mark) {
            self.letter.push(mark);
            self.order();
        }
        self.end = end;
    }

    /// Puts the last mark where Unicode has it: marks at different places of a letter may be typed
    /// in any order. The ring of Thai and Lao stands before the tone.
    fn order(&mut self) {
        let mut at = self.letter.len() - 1;
        while at > 1 {
            let (before, mark) = (self.letter[at - 1], self.letter[at]);
            let (low, high) = (canonical_combining_class(mark), canonical_combining_class(before));
            let is_ring = matches!(mark, '\u{e4d}' | '\u{ecd}')
                && matches!(before, '\u{e48}'..='\u{e4b}' | '\u{ec8}'..='\u{ecb}');
            if !is_ring && (low == 0 || high <= low) {
                break;
            }
            self.letter.swap(at - 1, at);
            at -= 1;
        }
    }

    /// Whether a vowel or an ending belongs to the syllable of Hangul before it.
    fn ends_syllable(&self, c: char) -> bool {
        match c {
            '\u{1161}'..='\u{1175}' => matches!(self.letter[..], ['\u{1100}'..='\u{1112}']),
            '\u{11a8}'..='\u{11c2}' => matches!(self.letter[..], [_, '\u{1161}'..='\u{1175}']),
            _ => false,
        }
    }

    /// A joiner after a letter and its mark may make one letter of them.
    fn join(&mut self, end: usize) {
        if let [.., letter, mark] = self.letter[..]
            && let Some(one) = joined(letter, mark)
        {
            self.letter.truncate(self.letter.len() - 2);
            self.letter.extend(one);
        }
        self.widen(end);
    }

    fn widen(&mut self, end: usize) {
        if !self.letter.is_empty() {
            self.end = end;
        }
    }

    fn put_gap(&mut self, c: char, start: usize, end: usize) {
        self.flush(None);
        (self.see)(Piece { kind: PieceKind::Gap(c), start, end });
    }

    fn put_joint(&mut self, start: usize, end: usize) {
        self.flush(None);
        (self.see)(Piece { kind: PieceKind::Joint, start, end });
    }

    /// Shows the letter that was read last. `next` is the one after it.
    fn flush(&mut self, next: Option<char>) {
        if let ([nasal, killer], Some(next)) = (&self.letter[..], next)
            && let Some(sign) = nasal_sign(*nasal, *killer, next)
        {
            self.letter.clear();
            self.letter.push(sign);
        }
        let Some(first) = self.letter.first() else { return };
        let is_alone = stands_alone(*first);
        self.piece.clear();
        // A syllable of Hangul is one character again.
        let mut last = *first;
        for c in &self.letter[1..] {
            if let Some(syllable @ '\u{ac00}'..='\u{d7a3}') = compose(last, *c) {
                last = syllable;
            } else {
                self.piece.push(std::mem::replace(&mut last, *c));
            }
        }
        self.piece.push(last);
        let kind =
            if is_alone { PieceKind::Alone(&self.piece) } else { PieceKind::Letter(&self.piece) };
        (self.see)(Piece { kind, start: self.start, end: self.end });
        self.letter.clear();
    }
}
