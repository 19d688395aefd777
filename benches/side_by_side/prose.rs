//! Made-up prose, the same at every run.

/// Makes sentences of words of which a few are common and most are rare. The number is the seed.
pub struct Prose(pub u64);

impl Prose {
    pub fn sentence(&mut self, length: usize) -> String {
        (0..length).map(|_| self.word()).collect::<Vec<_>>().join(" ")
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
