//! For tests: that the time of a function grows as the size of its text does, whatever the text
//! repeats.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Parts that texts repeat. Each was slow somewhere, or could be.
const PARTS: [&str; 20] = [
    "#tag# ",
    "(! ",
    "Dr. ",
    "\u{200b}",
    "a",
    "\n",
    "> ",
    "- ",
    "\u{301}",
    "世界。",
    "👩\u{200d}",
    "🇩🇪",
    "` `` ",
    "```\n",
    "| a |",
    "a://",
    "/",
    "<!-- ",
    "می\u{200c}",
    "\u{fe0f}",
];

/// The larger text is this many times as long.
const TIMES: usize = 8;
/// Linear time gives about 8, quadratic time 64.
const MOST: u32 = 16;

/// Runs the function on texts of this many bytes and on longer ones.
///
/// # Panics
///
/// Panics if the longer ones take far more time than their length explains.
pub fn assert_linear(what: &str, bytes: usize, function: impl Fn(&str)) {
    for part in PARTS {
        let text = |length: usize| {
            let mut text = "a".to_owned();
            for number in 0.. {
                if text.len() >= length {
                    break;
                }
                text.push_str(&part.replace("g#", &format!("g{number}")));
            }
            text
        };
        let (short, long) = (text(bytes), text(bytes * TIMES));
        // What disturbs a run makes it longer and never shorter: one good pair is enough.
        let is_linear = (0..5).any(|_| {
            let few = best_of_three(|| function(black_box(&short)));
            let many = best_of_three(|| function(black_box(&long)));
            many < few.max(Duration::from_micros(50)) * MOST
        });
        assert!(is_linear, "{what} of {part:?}");
    }
}

fn best_of_three(run: impl Fn()) -> Duration {
    let time = |_| {
        let started = time_of_thread();
        run();
        time_of_thread().saturating_sub(started)
    };
    (0..3).map(time).min().unwrap_or_default()
}

/// The processor time of this thread, in which no other program counts.
fn time_of_thread() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a time after zero")
}
