//! Numbers that look random and are the same at every run.

/// A sequence of such numbers; the number in it is the seed.
pub struct Dice(pub u64);

impl Dice {
    /// The next number, from 0 up to `sides` - 1.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    /// The next number as one of these values.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.roll(values.len())]
    }
}
