//! Measures cell after cell, and says each figure as soon as it is known.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::cell::{Cell, Figures, Line};
use crate::options::Options;
use crate::programs::{Home, output, run};
use crate::table;

/// The most runs that warm the caches and are not counted.
const WARM_UP: usize = 5;

pub struct Bench {
    pub options: Options,
    pub home: Home,
    pub lines: Vec<Line>,
}

impl Bench {
    pub fn new(options: Options) -> Self {
        let dwell = options.bin.canonicalize();
        let dwell = dwell.unwrap_or_else(|error| panic!("{}: {error}", options.bin.display()));
        Self { home: Home::new(&dwell), options, lines: Vec::new() }
    }

    /// The bound of a dynamic build, or that of a static one.
    pub fn bound(&self, of_default: f64, of_static: f64) -> f64 {
        if self.options.is_static { of_static } else { of_default }
    }

    /// Whether any of these cells was asked for.
    pub fn wants(&self, cells: &[Cell]) -> bool {
        cells.iter().any(|cell| cell.matches(self.options.only.as_deref()))
    }

    /// Measures a cell, if it was asked for.
    pub fn cell(&mut self, cell: Cell, measure: impl FnOnce(&Self) -> Result<Figures, String>) {
        if self.wants(std::slice::from_ref(&cell)) {
            let outcome = measure(self);
            self.add(cell, outcome);
        }
    }

    pub fn add(&mut self, cell: Cell, outcome: Result<Figures, String>) {
        let line = Line { cell, outcome };
        table::say(&line);
        self.lines.push(line);
    }

    /// Measures two commands that only read. Both must write something.
    pub fn reading(
        &mut self,
        cell: Cell,
        dwell: impl Fn(&Home) -> Command,
        other: impl Fn(&Home) -> Result<Command, String>,
    ) {
        self.cell(cell, |bench| {
            let (mut dwell, mut other) = (dwell(&bench.home), other(&bench.home)?);
            output(&mut dwell);
            output(&mut other);
            Ok(bench.in_turn(|_| timed(&mut dwell), |_| timed(&mut other)))
        });
    }

    /// Runs two things in turn, A B A B. Each is told the number of the run.
    pub fn in_turn(
        &self,
        mut dwell: impl FnMut(usize) -> Duration,
        mut other: impl FnMut(usize) -> Duration,
    ) -> Figures {
        let warm_up = WARM_UP.min(self.options.runs.div_ceil(4));
        let pairs = (0..self.options.runs + warm_up).map(|number| (dwell(number), other(number)));
        times(&pairs.skip(warm_up).collect::<Vec<_>>())
    }
}

/// The figures of runs side by side.
pub fn times(pairs: &[(Duration, Duration)]) -> Figures {
    let (of_dwell, of_other): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    let ratios = pairs.iter().map(|(dwell, other)| dwell.as_secs_f64() / other.as_secs_f64());
    Figures::Times {
        dwell: median(of_dwell),
        other: median(of_other),
        ratio: median_by(ratios.collect(), f64::total_cmp),
    }
}

fn median(times: Vec<Duration>) -> Duration {
    median_by(times, Duration::cmp)
}

/// The value in the middle; of two, the higher one.
pub fn median_by<T: Copy>(mut values: Vec<T>, order: fn(&T, &T) -> std::cmp::Ordering) -> T {
    values.sort_unstable_by(order);
    values[values.len() / 2]
}

/// How long a command takes. It must succeed.
pub fn timed(command: &mut Command) -> Duration {
    let started = Instant::now();
    run(command);
    started.elapsed()
}

/// The size of a file in bytes.
pub fn size(file: &Path) -> f64 {
    let bytes = std::fs::metadata(file).expect("there").len();
    f64::from(u32::try_from(bytes).expect("under four gigabytes"))
}
