//! Where series changed their level, and between which runs: `crossover/trend/2`. Pure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Key, Point, Recorded, Series, Stamp};
use crate::comparison::MARGIN;
use crate::stats::{e_divisive, median};

/// The schema of the JSON form.
pub const SCHEMA: &str = "crossover/trend/2";

/// Most runs on either side that a level is computed from.
const LEVEL: usize = 50;

/// The analysis of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trend {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Runs in the history.
    pub runs: u32,
    /// The earliest of them.
    pub first: Option<RunRef>,
    /// The latest of them.
    pub last: Option<RunRef>,
    /// Every selected series that has a point.
    pub series: Vec<SeriesTrend>,
}

/// One series, and where it changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesTrend {
    /// Its key.
    #[serde(flatten)]
    pub key: Key,
    /// Where changes are looked for.
    pub basis: Basis,
    /// Runs with a point.
    pub runs: u32,
    /// The latest of them.
    pub latest: RunRef,
    /// Its figure, in the metric's unit.
    pub figure: f64,
    /// Its ratio to the baseline; `null` if the figure itself is followed.
    pub ratio: Option<f64>,
    /// The interval of the ratio.
    pub ci: Option<[f64; 2]>,
    /// Changes of the level, by time.
    pub changes: Vec<Change>,
    /// The followed values, run by run; for charts.
    #[serde(skip)]
    pub values: Vec<f64>,
    /// When the first of the runs began.
    pub since: String,
}

/// Where changes are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The ratio to the baseline, which a slower machine does not change.
    Ratio,
    /// The figure itself, which belongs to one machine class.
    Absolute,
    /// Bytes; every single one counts.
    Exact,
}

/// A change of level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The last run on the old level.
    pub before: RunRef,
    /// The first run on the new level.
    pub after: RunRef,
    /// The old level, in the unit of the basis: the median over at most 50 runs.
    pub from: f64,
    /// The new level.
    pub to: f64,
    /// The new level ÷ the old one, less 1: above 0 it costs more.
    pub change: f64,
    /// What else differs between the two runs.
    pub software: Vec<SoftwareChange>,
    /// How many points come before it; for charts.
    #[serde(skip)]
    pub at: usize,
}

/// A version that differs between two runs; absent if the run does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SoftwareChange {
    /// crossover, a runtime or a tool.
    pub name: String,
    /// The version before.
    pub from: Option<String>,
    /// The version after.
    pub to: Option<String>,
}

/// A run, as people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunRef {
    /// The run's id.
    pub id: String,
    /// Start, RFC 3339 in UTC.
    pub started_at: String,
    /// Git revision of the measured tree.
    pub revision: Option<String>,
}

impl RunRef {
    fn of(stamp: &Stamp) -> Self {
        let Stamp { id, started_at, revision, software: _ } = stamp;
        Self { id: id.clone(), started_at: started_at.clone(), revision: revision.clone() }
    }
}

impl Trend {
    /// Looks for changes in every series.
    #[must_use]
    pub fn of(recorded: &Recorded) -> Self {
        let runs = &recorded.runs;
        Self {
            schema: SCHEMA.to_owned(),
            runs: u32::try_from(runs.len()).unwrap_or(u32::MAX),
            first: runs.first().map(RunRef::of),
            last: runs.last().map(RunRef::of),
            series: recorded.series.iter().filter_map(|series| SeriesTrend::of(series, runs)).collect(),
        }
    }

    /// Every change with its series, the latest first.
    #[must_use]
    pub fn changes(&self) -> Vec<(&SeriesTrend, &Change)> {
        let of = |series| move |change| (series, change);
        let mut changes: Vec<_> = self.series.iter().flat_map(|one| one.changes.iter().map(of(one))).collect();
        changes.sort_by(|(_, a), (_, b)| b.after.started_at.cmp(&a.after.started_at));
        changes
    }

    /// Series of one kernel, runtime, emulation and machine, together.
    pub fn places(&self) -> impl Iterator<Item = &[SeriesTrend]> {
        self.series.chunk_by(|a, b| {
            let Key { kernel, runtime, emulation, machine, .. } = &a.key;
            (kernel, runtime, emulation, machine) == (&b.key.kernel, &b.key.runtime, &b.key.emulation, &b.key.machine)
        })
    }
}

impl SeriesTrend {
    /// `None` without a point that can be followed.
    fn of(series: &Series, runs: &[Stamp]) -> Option<Self> {
        let key = series.key.clone();
        let basis = match &key.baseline {
            _ if key.metric.is_exact() => Basis::Exact,
            Some(_) => Basis::Ratio,
            None => Basis::Absolute,
        };
        let followed = |point: &Point| if basis == Basis::Ratio { point.ratio } else { Some(point.figure) };
        let (points, values): (Vec<&Point>, Vec<f64>) =
            series.points.iter().filter_map(|point| Some((point, followed(point)?))).unzip();
        let at: Vec<&Stamp> = points.iter().filter_map(|point| runs.get(point.run)).collect();
        let (latest, point) = (at.last()?, points.last()?);
        let places = match basis {
            Basis::Exact => (1..values.len()).filter(|&i| values[i] != values[i - 1]).collect(),
            Basis::Ratio | Basis::Absolute => {
                let logs: Vec<f64> = values.iter().map(|value| value.ln()).collect();
                noticeable(&values, e_divisive(&logs))
            }
        };
        Some(Self {
            changes: (0..places.len()).filter_map(|i| change(&values, &places, i, &at)).collect(),
            basis,
            runs: u32::try_from(values.len()).unwrap_or(u32::MAX),
            latest: RunRef::of(latest),
            figure: point.figure,
            ratio: point.ratio,
            ci: point.ci,
            since: at.first()?.started_at.clone(),
            key,
            values,
        })
    }
}

/// The levels before and after one of the changes.
fn levels(values: &[f64], places: &[usize], i: usize) -> Option<[f64; 2]> {
    let at = places[i];
    let start = i.checked_sub(1).map_or(0, |before| places[before]).max(at.saturating_sub(LEVEL));
    let end = places.get(i + 1).copied().unwrap_or(values.len()).min(at + LEVEL);
    Some([median(&values[start..at])?, median(&values[at..end])?])
}

/// Leaves out changes within the margin, the smallest first: the levels on both sides become one. A slow drift still
/// shows, in fewer steps.
fn noticeable(values: &[f64], mut places: Vec<usize>) -> Vec<usize> {
    let step = |places: &[usize], i| levels(values, places, i).map_or(0.0, |[from, to]| (to / from).ln().abs());
    while let Some((i, least)) =
        (0..places.len()).map(|i| (i, step(&places, i))).min_by(|(_, a), (_, b)| a.total_cmp(b))
    {
        if least > MARGIN.ln_1p() {
            break;
        }
        places.remove(i);
    }
    places
}

fn change(values: &[f64], places: &[usize], i: usize, at: &[&Stamp]) -> Option<Change> {
    let [from, to] = levels(values, places, i)?;
    let (before, after) = (at.get(places[i].checked_sub(1)?)?, at.get(places[i])?);
    Some(Change {
        before: RunRef::of(before),
        after: RunRef::of(after),
        from,
        to,
        change: to / from - 1.0,
        software: software(before, after),
        at: places[i],
    })
}

fn software(before: &Stamp, after: &Stamp) -> Vec<SoftwareChange> {
    let mut names: Vec<&String> = before.software.keys().chain(after.software.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let versions = |name: &String| [before, after].map(|run| run.software.get(name).cloned());
    let differing = |name: &String| {
        let [from, to] = versions(name);
        (from != to).then(|| SoftwareChange { name: name.clone(), from, to })
    };
    names.into_iter().filter_map(differing).collect()
}
