//! A morning with dwell, from the prompt of a shell to the prompt again.

use crate::Result;
use crate::film::Frame;
use crate::home::Home;
use crate::terminal::Terminal;

pub const SIZE: (u16, u16) = (80, 24);

pub const DESCRIPTION: &str = "A morning: dwell asks what became of yesterday's step, shows a \
    lesson, takes a few lines and the next step, saves them, and gives the terminal back.";

const WORDS: &str = "Small birds, in the margin of every list. Lena found the one in her card \
    before she read a word. #drawing";
const STEP: &str = "buy a pencil only for birds";

/// How long a screen is seen: while somebody types, looks, reads, and at the end.
const TYPING: u32 = 70;
const LOOKING: u32 = 1_400;
const READING: u32 = 5_000;
const END: u32 = 5_000;

/// Plays the morning, and returns what was seen.
pub fn play(home: &Home) -> Result<Vec<Frame>> {
    let mut film = Film { terminal: Terminal::start_shell(home, SIZE)?, frames: Vec::new() };
    film.terminal.wait_for("$")?;
    film.see(LOOKING);
    film.type_in("dwell")?;
    film.press("\r", "take some soup to Nadia", LOOKING * 2)?;
    film.press("d", "Done: take some soup", READING)?;
    let (first, rest) = WORDS.split_at(1);
    // The page says so within a second, and from then on: each run has it at the same place.
    film.press(first, "draft kept", TYPING)?;
    film.type_in(rest)?;
    film.see(LOOKING);
    film.press("\t", "Next step:", TYPING)?;
    film.type_in(STEP)?;
    film.press("", "draft kept", LOOKING)?;
    film.press("\x04", "Saved.", END)?;
    Ok(film.frames)
}

struct Film {
    terminal: Terminal,
    frames: Vec<Frame>,
}

impl Film {
    /// Types letter by letter, and sees each on the screen.
    fn type_in(&mut self, text: &str) -> Result<()> {
        for end in (1..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let (before, letter) = text[..end].split_at(text[..end].len() - 1);
            let word = format!("{}{letter}", before.rsplit(' ').next().unwrap_or_default());
            self.press(letter, word.trim(), TYPING)?;
        }
        Ok(())
    }

    /// Presses keys, and sees the screen once it shows a text.
    fn press(&mut self, keys: &str, text: &str, millis: u32) -> Result<()> {
        self.terminal.send(keys, text)?;
        self.see(millis);
        Ok(())
    }

    fn see(&mut self, millis: u32) {
        self.frames.push(Frame { screen: self.terminal.screen(), millis });
    }
}
