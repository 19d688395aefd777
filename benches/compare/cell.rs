//! One thing that is measured, and what came of it.

use std::time::Duration;

/// What is to be measured.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The part of the comparison that it belongs to.
    pub group: &'static str,
    /// What dwell does.
    pub work: String,
    /// What the other program does, or what the number is.
    pub beside: String,
    /// The most that the ratio, or the number, may be; `None` where it is told for its own sake.
    pub bound: Option<f64>,
    /// Whether the README shows it.
    pub in_readme: bool,
}

/// What was measured, or why not.
#[derive(Debug, Clone)]
pub struct Line {
    pub cell: Cell,
    pub outcome: Result<Figures, String>,
}

#[derive(Debug, Clone, Copy)]
pub enum Figures {
    /// Medians, and the median of the ratios of two runs side by side.
    Times { dwell: Duration, other: Duration, ratio: f64 },
    /// Two amounts, whose ratio counts.
    Amounts { dwell: f64, other: f64, unit: &'static str },
    /// One amount, which counts itself.
    Amount { dwell: f64, unit: &'static str },
}

impl Cell {
    pub fn new(group: &'static str, work: &str, beside: &str, bound: f64) -> Self {
        let (work, beside) = (work.to_owned(), beside.to_owned());
        Self { group, work, beside, bound: Some(bound), in_readme: false }
    }

    /// The same without a bound.
    pub fn unbounded(self) -> Self {
        Self { bound: None, ..self }
    }

    /// The same, which the README shows.
    pub fn shown(self) -> Self {
        Self { in_readme: true, ..self }
    }

    pub fn matches(&self, words: Option<&str>) -> bool {
        words.is_none_or(|words| {
            [self.group, &self.work, &self.beside].iter().any(|text| text.contains(words))
        })
    }
}

impl Figures {
    /// The number that is held to the bound.
    pub fn value(self) -> f64 {
        match self {
            Self::Times { ratio, .. } => ratio,
            Self::Amounts { dwell, other, .. } => dwell / other,
            Self::Amount { dwell, .. } => dwell,
        }
    }

    /// What dwell took, as it is shown.
    pub fn of_dwell(self) -> String {
        match self {
            Self::Times { dwell, .. } => time(dwell),
            Self::Amounts { dwell, unit, .. } | Self::Amount { dwell, unit } => amount(dwell, unit),
        }
    }

    /// What the other took, as it is shown; empty where there is none.
    pub fn of_other(self) -> String {
        match self {
            Self::Times { other, .. } => time(other),
            Self::Amounts { other, unit, .. } => amount(other, unit),
            Self::Amount { .. } => String::new(),
        }
    }

    /// The ratio, as it is shown; empty where the amount itself counts.
    pub fn ratio(self) -> String {
        match self {
            Self::Amount { .. } => String::new(),
            Self::Amounts { .. } => format!("{:.3}", self.value()),
            Self::Times { ratio, .. } if ratio < 0.1 => format!("{ratio:.4}"),
            Self::Times { ratio, .. } => format!("{ratio:.2}"),
        }
    }
}

impl Line {
    /// Whether it is within its bound; `None` where nothing was measured or nothing is wanted.
    pub fn is_met(&self) -> Option<bool> {
        let figures = self.outcome.as_ref().ok()?;
        self.cell.bound.map(|bound| figures.value() <= bound)
    }
}

fn time(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1e3;
    if ms < 100.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") }
}

fn amount(amount: f64, unit: &str) -> String {
    match unit {
        "syncs" => format!("{amount:.0} {unit}"),
        "times" => format!("{amount:.2} {unit}"),
        _ => format!("{amount:.3} {unit}"),
    }
}
