//! Made-up prose, the same at every run.

/// A word that stands in some five entries or lessons of all.
pub const RARE: &str = "quetzalcoatl";

/// The most common made-up word: it stands in about every fourth entry.
pub const COMMON: &str = "le";

/// Common words, which stand side by side in one entry of a thousand.
pub const PHRASE: &str = "pe re se";

/// Makes sentences of words of which a few are common and most are rare. The number is the seed.
pub struct Prose(pub u64);

impl Prose {
    /// So many words, with nothing between them but spaces.
    pub fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// A reflection of 80 to 250 words in sentences and paragraphs.
    pub fn reflection(&mut self) -> String {
        let mut left = 80 + self.below(171);
        let mut text = String::new();
        while left > 0 {
            let length = left.min(6 + self.below(14));
            left -= length;
            let sentence = self.words(length);
            text.push_str(&sentence[..1].to_uppercase());
            text.push_str(&sentence[1..]);
            text.push_str(if left == 0 {
                "."
            } else if self.below(6) == 0 {
                ".\n\n"
            } else {
                ". "
            });
        }
        text
    }

    /// A number from 0, below this one.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number()).expect("31 bits") % end
    }

    fn word(&mut self) -> String {
        let (first, second) = (self.number() % 5000, self.number() % 5000);
        // The product makes low numbers the common ones.
        let mut number = first * second / 5000 + 20;
        let mut word = String::new();
        while number > 0 {
            for letters in ["bdfglmnprstvkwhj", "aeiou"] {
                let count = letters.len() as u64;
                word.extend(letters.chars().nth(usize::try_from(number % count).expect("small")));
                number /= count;
            }
        }
        word
    }

    /// The next pseudo-random number.
    fn number(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}
