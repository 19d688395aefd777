//! What the browser needs from the journal, and what becomes of it.

use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::search::Hit;
use crate::journal::{Calendar, Day};
use crate::messages::browser;
use crate::page::browser::list::{Item, Target};
use crate::page::browser::reading::{Content, Reading};
use crate::page::browser::{Above, Browser, Kind, Pane, ReadRequest, items};
use crate::store::{DayLine, DayWindow, WindowAt};

/// The number of screens of days that are read on each side of the chosen one.
const SCREENS: usize = 3;

impl Browser {
    /// The list that is to be read next, if one is.
    pub fn list_request(&self) -> Option<ReadRequest> {
        if let Some(at) = self.days_at {
            return Some(ReadRequest::Days(at, (SCREENS * self.visible()).max(30)));
        }
        let layer = self.layer();
        match &layer.kind {
            _ if layer.is_read => None,
            Kind::Days => None,
            Kind::Search(words) => Some(ReadRequest::Hits(words.clone())),
            Kind::OtherYears(day) => Some(ReadRequest::OtherYears(*day)),
            Kind::Shelf => Some(ReadRequest::Shelf),
            Kind::Lessons(slug, _) => Some(ReadRequest::Lessons(slug.clone())),
        }
    }

    /// What is to be read next, lists first: only what the screen shows.
    pub fn request(&self) -> Option<ReadRequest> {
        if let Some(list) = self.list_request() {
            return Some(list);
        }
        match &self.above {
            Some(Above::Calendar(map)) if map.is_unread() => {
                return Some(ReadRequest::Calendar(map.chosen));
            }
            Some(_) => return None,
            None => {}
        }
        if !self.has_two_panes() && self.pane == Pane::List {
            return None;
        }
        let target = self.target()?;
        let is_read = self.reading.as_ref().is_some_and(|reading| reading.target == target);
        (!is_read || self.needs_text).then_some(ReadRequest::Text(target))
    }

    pub fn show_days(&mut self, at: WindowAt, window: &DayWindow, entries: u64) {
        self.days_at = None;
        self.entries = entries;
        let (today, page) = (self.today, self.page);
        let days = &window.days;
        let chosen = match at {
            WindowAt::Newest => 0,
            WindowAt::Oldest => days.len().saturating_sub(1),
            // The day itself, or the next older one.
            WindowAt::Around(day) => {
                days.iter().position(|line| line.day <= day).unwrap_or(days.len())
            }
        };
        let list = &mut self.layers[0].list;
        list.replace(days.iter().map(|line| items::of_day(line, today, page)).collect(), chosen);
        (list.has_before, list.has_after) = (window.has_newer, window.has_older);
        self.layers[0].is_read = true;
        let visible = self.visible();
        self.layers[0].list.scroll(visible);
        if let Some(day) = self.went_to.take()
            && let Some(shown) = self.chosen_day().filter(|shown| *shown != day)
        {
            self.say(browser::nearest(day, shown));
        }
    }

    pub fn show_hits(&mut self, hits: &[Hit], is_all: bool) {
        let items =
            hits.iter().filter_map(|hit| items::of_hit(hit, self.today, self.page)).collect();
        self.show_list(items, is_all);
        self.layer_mut().list.chosen = 0;
    }

    pub fn show_other_years(&mut self, lines: &[DayLine]) {
        let items = lines.iter().map(|line| items::of_day(line, self.today, self.page)).collect();
        self.show_list(items, true);
    }

    pub fn show_shelf(&mut self, shelf: &[ShelvedSeries]) {
        self.show_list(shelf.iter().map(|one| items::of_series(one, self.page)).collect(), true);
    }

    pub fn show_lessons(&mut self, lessons: &[ShelvedLesson], is_all: bool) {
        let items = lessons.iter().map(|one| items::of_lesson(one, self.page)).collect();
        self.show_list(items, is_all);
    }

    pub fn show_calendar(&mut self, calendar: Calendar, first: Day, line: Option<DayLine>) {
        if let Some(Above::Calendar(map)) = &mut self.above {
            map.show(calendar, first, line);
        }
    }

    /// Shows the text of a chosen item; one that was shown before stays at its line.
    pub fn show_text(&mut self, target: Target, content: Content) {
        self.needs_text = false;
        let top = self.reading.take().filter(|before| before.target == target);
        let mut reading = Reading::new(target, content);
        reading.top = top.map_or(0, |before| before.top);
        self.reading = Some(reading);
    }

    /// Says that something could not be read, and asks for it no more until the next reload.
    pub fn fail(&mut self, request: ReadRequest, message: String) {
        match request {
            ReadRequest::Days(..) => self.days_at = None,
            ReadRequest::Text(target) => {
                return self.show_text(target, Content::Failure(message));
            }
            ReadRequest::Calendar(_) => self.above = None,
            _ => self.layer_mut().is_read = true,
        }
        self.say(message);
    }

    /// Asks for all that is shown again: the journal changed.
    pub fn reload(&mut self) {
        let at = match self.layers[0].list.chosen().map(|item| item.target.clone()) {
            Some(Target::Day(day)) => WindowAt::Around(day),
            _ => WindowAt::Newest,
        };
        self.days_at = Some(at);
        for layer in &mut self.layers[1..] {
            layer.is_read = false;
        }
        if let Some(Above::Calendar(map)) = &mut self.above {
            map.forget();
        }
        // It stays where it is scrolled to.
        self.needs_text = true;
    }

    fn show_list(&mut self, items: Vec<Item>, is_all: bool) {
        let visible = self.visible();
        let layer = self.layer_mut();
        let chosen = layer.list.chosen;
        layer.list.replace(items, chosen);
        layer.list.scroll(visible);
        (layer.is_read, layer.is_cut) = (true, !is_all);
    }
}
