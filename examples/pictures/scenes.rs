//! The scenes that are pictured: what is typed, and what the screen shows then.

use std::fmt::{Display, Formatter};

use crate::Result;
use crate::home::Home;
use crate::terminal::Terminal;

/// Columns and rows of the terminals.
pub const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The pictures that the project keeps, in both colours.
pub const KEPT: [(Scene, (u16, u16)); 4] = [
    (Scene::Step, SIZES[1]),
    (Scene::Reading, SIZES[0]),
    (Scene::Writing, SIZES[0]),
    (Scene::Browser, SIZES[1]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    Step,
    Reading,
    Writing,
    Browser,
}

/// What is written in the pictures. A terminal sends Enter's code for a line break.
const WORDS: &str = "Small birds, in the margin of every list. There is a whole flock on last \
    week's shopping.\r\rI hid one in the card for Lena, and she found it before she read a word. \
    By now I may be drawing them for her. #drawing";

impl Scene {
    pub const ALL: [Self; 4] = [Self::Step, Self::Reading, Self::Writing, Self::Browser];

    /// What is in the picture, for those who do not see it.
    pub fn description(self) -> &'static str {
        match self {
            Self::Step => "The page asks what became of yesterday's step.",
            Self::Reading => "The page with today's lesson and a place to write.",
            Self::Writing => "The page with the lesson's question, a person's words and a step.",
            Self::Browser => "The browser with the days of a journal and one entry.",
        }
    }

    /// Plays the scene, and returns what the screen shows at its end.
    pub fn play(self, home: &Home, size: (u16, u16)) -> Result<vt100::Screen> {
        match self {
            Self::Step | Self::Reading | Self::Writing => self.play_page(home, size),
            Self::Browser => {
                let mut browser = Terminal::start(home, &["browse"], size)?;
                browser.wait_for("Nadia")?;
                Ok(browser.screen())
            }
        }
    }

    /// The scenes of the page: each goes on where the one before ends.
    fn play_page(self, home: &Home, size: (u16, u16)) -> Result<vt100::Screen> {
        let mut page = Terminal::start(home, &[], size)?;
        page.wait_for("take some soup to Nadia")?;
        if self == Self::Step {
            return Ok(page.screen());
        }
        page.send("d", "Done: take some soup")?;
        if self == Self::Reading {
            return Ok(page.screen());
        }
        page.send(WORDS, "#drawing")?;
        page.send("\t", "Next step:")?;
        page.send("buy a pencil that is only for birds", "only for birds")?;
        page.wait_for("draft kept")?;
        Ok(page.screen())
    }
}

impl Display for Scene {
    fn fmt(&self, formatter: &mut Formatter) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Step => "step",
            Self::Reading => "reading",
            Self::Writing => "writing",
            Self::Browser => "browser",
        })
    }
}
