//! How long a key takes where words are written, with the drawing that follows it: in a text of
//! 1,000 words and in one of 20,000, in one paragraph and in 250.
//!
//! `cargo bench --bench page_keys` prints the median and the slowest key of each kind, and how many
//! times as long the median is as with 1,000 words in one paragraph. Wanted: under 0.5 ms with
//! 1,000 words, under 5 ms with 20,000. Then it prints what a paste of 100,000 characters takes.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::{Duration, Instant};

use dwell::page::text_area::TextArea;
use dwell::terminal::input::{Input, Key, KeyPress};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;

const SCREEN: Rect = Rect::new(0, 0, 73, 40);
const KEYS: usize = 200;

const WORDS: [&str; 12] = [
    "the", "morning", "was", "quiet,", "and", "I", "did", "not", "answer", "it", "until",
    "evening.",
];

fn main() {
    let texts = [
        ("1,000 words, 1 paragraph", text(1_000, 1)),
        ("20,000 words, 1 paragraph", text(20_000, 1)),
        ("20,000 words, 250 paragraphs", text(20_000, 250)),
        ("60,000 letters of Japanese, 1 paragraph", "日本語の文は長い。".repeat(60_000 / 9)),
    ];
    let mut first = Vec::new();
    for (name, text) in texts {
        println!("{name}");
        let medians = measure(&text, &first);
        if first.is_empty() {
            first = medians;
        }
    }
    for paragraphs in [1, 250] {
        let mut text = text(20_000, paragraphs);
        text.truncate(100_000);
        paste(&text, paragraphs);
    }
}

/// This many words, in this many paragraphs of the same length.
fn text(words: usize, paragraphs: usize) -> String {
    let words: Vec<_> = (0..words).map(|at| WORDS[(at * 7 + at / 12) % WORDS.len()]).collect();
    let paragraphs: Vec<_> =
        words.chunks(words.len() / paragraphs).map(|words| words.join(" ")).collect();
    paragraphs.join("\n")
}

/// Presses each kind of key at several places of a text, prints the times, and returns the medians.
fn measure(text: &str, first: &[Duration]) -> Vec<Duration> {
    let key = |key| Input::Key(KeyPress::plain(key));
    let ctrl = |key| Input::Key(KeyPress::ctrl(key));
    let letter = || Input::Text("x".to_owned());
    let start = || vec![ctrl(Key::Home)];
    let middle = || {
        let rows = text.chars().count() / 72 / 40 / 2;
        [vec![ctrl(Key::Home)], vec![key(Key::PageDown); rows]].concat()
    };
    let kinds: [(&str, Vec<Input>, Input); 8] = [
        ("a letter at the start", start(), letter()),
        ("a letter in the middle", middle(), letter()),
        ("a letter at the end", vec![], letter()),
        ("Backspace in the middle", middle(), key(Key::Backspace)),
        ("Enter in the middle", middle(), key(Key::Enter)),
        ("Up from the end", vec![], key(Key::Up)),
        ("a word to the left", vec![], ctrl(Key::Left)),
        ("undo", vec![vec![letter(), key(Key::Enter)]; KEYS].concat(), ctrl(Key::Char('_'))),
    ];
    let mut medians = Vec::new();
    for (at, (name, before, input)) in kinds.into_iter().enumerate() {
        let mut area = TextArea::new(text);
        draw(&mut area);
        for input in &before {
            area.take(input);
        }
        draw(&mut area);
        let mut times: Vec<_> = (0..KEYS).map(|_| time(&mut area, &input)).collect();
        times.sort_unstable();
        let (median, slowest) = (times[KEYS / 2], times[KEYS - 1]);
        let ratio = first.get(at).map_or(1.0, |first| median.as_secs_f64() / first.as_secs_f64());
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "  {name:24} {:7.3} ms, at most {:7.3} ms, {ratio:5.1} times",
            milliseconds(median),
            milliseconds(slowest)
        );
        medians.push(median);
    }
    medians
}

fn paste(text: &str, paragraphs: usize) {
    for (kind, input) in
        [("marked", Input::Paste(text.to_owned())), ("as typed", Input::Text(text.to_owned()))]
    {
        let mut area = TextArea::new("");
        draw(&mut area);
        let time = time(&mut area, &input);
        let letters = text.len();
        println!("{letters} characters, {paragraphs} paragraphs, {kind}: {time:.1?}");
    }
}

fn time(area: &mut TextArea, input: &Input) -> Duration {
    let started = Instant::now();
    area.take(input);
    draw(area);
    started.elapsed()
}

fn draw(area: &mut TextArea) {
    let mut buffer = Buffer::empty(SCREEN);
    std::hint::black_box(area.draw(SCREEN, true, &mut buffer));
}
