//! The browser of the whole journal: days on the left, what is chosen of them on the right.
//!
//! It knows no terminal and no journal. A key changes it and may ask for an [`Action`]; what it
//! shows and does not have, it asks for with a [`ReadRequest`], and only for that. So it opens as
//! fast on a hundred years as on one day.

mod calendar;
mod draw;
mod feed;
mod help;
mod items;
mod keys;
mod last_line;
mod layout;
mod list;
mod reading;
mod search;
#[cfg(test)]
mod tests;

use chrono::Weekday;

use crate::journal::{Day, Slug};
use crate::messages::browser;
use crate::store::WindowAt;
use crate::text::Page;
use calendar::YearMap;
use keys::{Command, Step};
use list::List;
use reading::Reading;

pub use keys::{Stroke, strokes};
pub use list::Target;
pub use reading::Content;

/// The whole browser.
#[derive(Debug)]
pub struct Browser {
    page: Page,
    week_start: Weekday,
    today: Day,
    /// The columns and rows of the screen.
    size: (u16, u16),
    entries: u64,
    /// The list of the days, and the lists that were opened from it, each above the one before.
    layers: Vec<Layer>,
    pane: Pane,
    above: Option<Above>,
    /// What is typed goes into the search line.
    is_typing: bool,
    reading: Option<Reading>,
    /// The text is to be read again: the journal changed.
    needs_text: bool,
    /// The window of days that is to be read.
    days_at: Option<WindowAt>,
    /// The chosen day of the calendar, until its window of days is read.
    went_to: Option<Day>,
    /// What is asked on the last line, and what a yes does.
    question: Option<(String, Action)>,
    notice: Option<String>,
}

/// A list, and what it is a list of.
#[derive(Debug)]
struct Layer {
    kind: Kind,
    list: List,
    is_read: bool,
    /// Only the first ones of a longer list are in it.
    is_cut: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Days,
    Search(String),
    OtherYears(Day),
    Shelf,
    Lessons(Slug, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pane {
    List,
    Text,
}

/// What is drawn in the place of both panes.
#[derive(Debug)]
enum Above {
    Calendar(YearMap),
    /// The first line of the help on the screen.
    Help(usize),
}

/// What a key asks the program to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Nothing,
    Leave,
    Suspend,
    Edit(Day),
    AddAfterthought(Day),
    Love(Target),
    /// Take back the last change. The lesson of a wrong clock is asked after first, if it was not.
    Undo {
        is_confirmed: bool,
        skips_wrong_day: bool,
    },
    Redo,
}

/// What is to be read from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadRequest {
    /// A window of days, with this number on each side.
    Days(WindowAt, usize),
    Text(Target),
    Hits(String),
    OtherYears(Day),
    Shelf,
    Lessons(Slug),
    /// The year of this day, and the line of the day.
    Calendar(Day),
}

impl Browser {
    pub fn new(page: Page, size: (u16, u16), today: Day, week_start: Weekday) -> Self {
        Self {
            page,
            week_start,
            today,
            size,
            entries: 0,
            layers: vec![Layer::new(Kind::Days)],
            pane: Pane::List,
            above: None,
            is_typing: false,
            reading: None,
            needs_text: false,
            days_at: Some(WindowAt::Newest),
            went_to: None,
            question: None,
            notice: None,
        }
    }

    /// Whether what is typed now is text.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// Says something on the last line, until the next key.
    pub fn say(&mut self, notice: impl Into<String>) {
        self.notice = Some(notice.into());
    }

    /// Asks on the last line; the action is what a yes does.
    pub fn ask(&mut self, question: impl Into<String>, yes: Action) {
        self.question = Some((question.into(), yes));
    }

    /// Does what a key means for what is shown, and returns what is left for the program to do.
    pub fn press(&mut self, stroke: &Stroke) -> Action {
        self.notice = None;
        if keys::is_ctrl(stroke, 'c') || keys::is_ctrl(stroke, 'd') {
            return Action::Leave;
        }
        if keys::is_ctrl(stroke, 'z') {
            return Action::Suspend;
        }
        if let Some((_, yes)) = self.question.take() {
            return self.answer(stroke, yes);
        }
        if self.is_typing {
            return self.type_words(stroke);
        }
        let Some(command) = keys::command(stroke) else { return Action::Nothing };
        let text_page = self.text_page();
        match &mut self.above {
            Some(Above::Calendar(_)) => self.in_calendar(command),
            Some(Above::Help(top)) => {
                *top = help::scroll(*top, command, text_page);
                if matches!(
                    command,
                    Command::Escape | Command::Back | Command::Leave | Command::Help
                ) {
                    self.above = None;
                }
            }
            None => return self.obey(command),
        }
        Action::Nothing
    }

    fn answer(&mut self, stroke: &Stroke, yes: Action) -> Action {
        match (stroke, yes) {
            (Stroke::Char('y' | 'Y'), yes) => yes,
            // The person wants to keep the lesson of a wrong clock: then the last change is meant.
            (_, Action::Undo { skips_wrong_day: false, .. }) => {
                Action::Undo { is_confirmed: false, skips_wrong_day: true }
            }
            _ => {
                self.say(browser::NOT_DONE);
                Action::Nothing
            }
        }
    }

    fn in_calendar(&mut self, command: Command) {
        let Some(Above::Calendar(map)) = &mut self.above else { return };
        match command {
            Command::Move(step) => map.step(step),
            Command::ScrollText(years) => map.step(Step::Pages(years)),
            Command::Open => {
                let day = map.chosen;
                self.layers.truncate(1);
                self.above = None;
                self.pane = Pane::List;
                self.days_at = Some(WindowAt::Around(day));
                self.went_to = Some(day);
            }
            Command::Escape | Command::Back | Command::Calendar | Command::Leave => {
                self.above = None;
            }
            _ => {}
        }
    }

    fn obey(&mut self, command: Command) -> Action {
        match command {
            Command::Move(step) => self.step(step),
            Command::ScrollText(pages) => {
                self.scroll_text(pages * self.text_page());
            }
            Command::Next => self.choose(1),
            Command::Previous => self.choose(-1),
            Command::Open => self.open(),
            Command::Back => self.back(),
            Command::Escape => {
                if self.pane == Pane::List && self.layers.len() == 1 {
                    return Action::Leave;
                }
                self.back();
            }
            Command::ChangePane => {
                self.pane = if self.pane == Pane::List { Pane::Text } else { Pane::List };
            }
            Command::Search => self.begin_search(),
            Command::Calendar => {
                let day = self.chosen_day().unwrap_or(self.today);
                self.above = Some(Above::Calendar(YearMap::new(day, self.today)));
            }
            Command::OtherYears => {
                return self.on_day(|browser, day| {
                    browser.open_layer(Kind::OtherYears(day));
                    Action::Nothing
                });
            }
            Command::Shelf => self.open_layer(Kind::Shelf),
            Command::Edit => return self.on_day(|_, day| Action::Edit(day)),
            Command::Afterthought => return self.on_day(|_, day| Action::AddAfterthought(day)),
            Command::Love => match self.target() {
                Some(target @ (Target::Day(_) | Target::Lesson(_))) => return Action::Love(target),
                _ => self.say(browser::NO_LESSON_HERE),
            },
            Command::Undo => {
                return Action::Undo { is_confirmed: false, skips_wrong_day: false };
            }
            Command::Redo => return Action::Redo,
            Command::Help => self.above = Some(Above::Help(0)),
            Command::Leave => return Action::Leave,
        }
        Action::Nothing
    }

    /// Does something with the chosen day, or says that there is none.
    fn on_day(&mut self, act: impl FnOnce(&mut Self, Day) -> Action) -> Action {
        if let Some(day) = self.chosen_day() {
            return act(self, day);
        }
        self.say(browser::NO_DAY_HERE);
        Action::Nothing
    }

    fn step(&mut self, step: Step) {
        match (self.pane, step) {
            (Pane::List, Step::By(items)) => self.choose(items),
            (Pane::List, Step::Pages(pages)) => {
                self.choose(pages * isize::try_from(self.visible()).unwrap_or(1));
            }
            (_, Step::Across(1)) => self.open(),
            (_, Step::Across(_)) if self.pane == Pane::Text => self.pane = Pane::List,
            (_, Step::Across(_)) => {}
            (Pane::List, end) => self.go_to_end(end),
            (Pane::Text, Step::By(lines)) => self.scroll_text(lines),
            (Pane::Text, Step::Pages(pages)) => {
                self.scroll_text(pages * self.text_page());
            }
            (Pane::Text, Step::First) => self.scroll_text(isize::MIN),
            (Pane::Text, Step::Last) => self.scroll_text(isize::MAX),
        }
    }

    fn choose(&mut self, steps: isize) {
        self.layer_mut().list.move_by(steps);
        self.after_move();
    }

    /// Asks for the next window of days if the end of this one is near.
    fn after_move(&mut self) {
        let visible = self.visible();
        let layer = self.layer_mut();
        layer.list.scroll(visible);
        if layer.kind == Kind::Days
            && layer.list.is_near_end(visible)
            && let Some(day) = self.chosen_day()
        {
            self.days_at = Some(WindowAt::Around(day));
        }
    }

    fn go_to_end(&mut self, end: Step) {
        let (is_first, list) = (end == Step::First, &mut self.layer_mut().list);
        let is_outside = if is_first { list.has_before } else { list.has_after };
        list.chosen = if is_first { 0 } else { list.items.len().saturating_sub(1) };
        if is_outside {
            self.days_at = Some(if is_first { WindowAt::Newest } else { WindowAt::Oldest });
        }
        self.after_move_to_end();
    }

    fn after_move_to_end(&mut self) {
        let visible = self.visible();
        self.layer_mut().list.scroll(visible);
    }

    /// The lines that a key scrolls the text by: one line stays on the screen.
    fn text_page(&self) -> isize {
        isize::try_from(self.text_height() - 1).unwrap_or(1).max(1)
    }

    fn scroll_text(&mut self, lines: isize) {
        let height = self.text_height();
        if let Some(reading) = &mut self.reading {
            reading.scroll(lines, height);
        }
    }

    fn open(&mut self) {
        let title = self
            .layer()
            .list
            .chosen()
            .map(|item| item.first.iter().map(|(_, piece)| piece.as_str()).collect::<String>());
        match self.target() {
            Some(Target::Series(slug)) => {
                self.open_layer(Kind::Lessons(slug, title.unwrap_or_default()));
            }
            Some(_) => self.pane = Pane::Text,
            None => {}
        }
    }

    fn open_layer(&mut self, kind: Kind) {
        if self.layer().kind != kind {
            self.layers.push(Layer::new(kind));
        }
        self.pane = Pane::List;
    }

    fn back(&mut self) {
        if self.pane == Pane::Text {
            self.pane = Pane::List;
        } else if self.layers.len() > 1 {
            let day = self.chosen_day();
            let closed = self.layers.pop();
            // The days go on where the search was left.
            if let (Some(Kind::Search(_)), Some(day)) = (closed.map(|layer| layer.kind), day) {
                self.go_to(day);
            }
        }
    }

    /// Chooses a day in the list of the days.
    fn go_to(&mut self, day: Day) {
        if self.layers.len() == 1 && self.chosen_day() != Some(day) {
            self.days_at = Some(WindowAt::Around(day));
        }
    }

    fn layer(&self) -> &Layer {
        self.layers.last().expect("the days are always there")
    }

    fn layer_mut(&mut self) -> &mut Layer {
        self.layers.last_mut().expect("the days are always there")
    }

    fn target(&self) -> Option<Target> {
        self.layer().list.chosen().map(|item| item.target.clone())
    }

    fn chosen_day(&self) -> Option<Day> {
        match self.target() {
            Some(Target::Day(day)) => Some(day),
            _ => None,
        }
    }
}

impl Layer {
    fn new(kind: Kind) -> Self {
        Self { kind, list: List::default(), is_read: false, is_cut: false }
    }
}
