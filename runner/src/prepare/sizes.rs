//! What contenders ship as, compressed as a server would: what pages are sent, and how large it is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crossover_reports::run::{self, Size};

use super::{Prepared, Ready};
use crate::all_cores::on_all_cores;
use crate::artifact::Compressor;
use crate::environment::{Environment, Say};
use crate::server::{Body, Bytes};

/// How large each file of a contender is, by its path on the server.
#[derive(Debug, Default)]
pub struct Sizes(BTreeMap<String, Size>);

/// Where the files of a kernel's contender are served.
pub fn folder(kernel: usize, contender: usize) -> String {
    format!("{ARTIFACTS}{kernel}/{contender}/")
}

const ARTIFACTS: &str = "/artifact/";

impl Ready {
    /// Compresses the files of all contenders. Without it they are sent as they are, and have no sizes, which is right
    /// where nothing is measured: large files take about a second per megabyte the first time.
    ///
    /// # Errors
    /// When the compressed files cannot be kept.
    pub fn compress(&mut self, environment: &Environment, say: Say<'_>) -> anyhow::Result<Sizes> {
        let compressor = Compressor::of(environment);
        let mut files: HashMap<Bytes, Vec<(&str, &mut Body)>> = HashMap::new();
        for (path, body) in self.store.bodies_below(ARTIFACTS) {
            files.entry(body.plain.clone()).or_default().push((path, body));
        }
        let slow: usize = files.keys().filter(|bytes| compressor.is_slow(bytes)).map(Bytes::len).sum();
        if slow > 0 {
            say(&format!(
                "compress: {:.1} MB, as a server would (gzip, brotli); that takes about a second per MB, once",
                slow as f64 / 1e6
            ));
        }
        let sizes = all(files, &compressor)?;
        for (index, kernel) in self.kernels.iter_mut().enumerate() {
            for (at, contender) in kernel.contenders.iter_mut().enumerate() {
                let folder = folder(index, at);
                let own = sizes.0.iter().filter(|(path, _)| path.starts_with(&folder)).map(|(_, size)| *size);
                contender.size_bytes = own.reduce(sum);
            }
        }
        Ok(sizes)
    }
}

impl Sizes {
    /// Puts into the header's kernels what contenders really ship, now that it was seen.
    pub fn settle(&self, groups: &Prepared, kernels: &mut [run::Kernel]) {
        for (at, group) in groups {
            let records = &mut kernels[at.kernel].contenders;
            for (record, contender) in records.iter_mut().zip(&group.contenders) {
                let Some(shipped) = contender.shipped() else { continue };
                record.size_bytes = shipped.filter_map(|path| self.0.get(path).copied()).reduce(sum);
            }
        }
    }
}

/// Compresses on all cores, the largest files first, and those with the same content once.
fn all(files: HashMap<Bytes, Vec<(&str, &mut Body)>>, compressor: &Compressor) -> anyhow::Result<Sizes> {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_by_key(|(bytes, _)| Reverse(bytes.len()));
    let sizes: Vec<anyhow::Result<Vec<_>>> = on_all_cores(files, |(bytes, served)| {
        let compressed = compressor.compress(&bytes)?;
        let size = compressed.size(&bytes);
        let [gzip, brotli] = [compressed.gzip, compressed.brotli].map(Bytes::from);
        let set = |(path, body): (&str, &mut Body)| {
            (body.gzip, body.brotli) = (Some(gzip.clone()), Some(brotli.clone()));
            (path.to_owned(), size)
        };
        Ok(served.into_iter().map(set).collect::<Vec<_>>())
    });
    let sizes = sizes.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Sizes(sizes.into_iter().flatten().collect()))
}

fn sum(one: Size, other: Size) -> Size {
    Size { raw: one.raw + other.raw, gzip: one.gzip + other.gzip, brotli: one.brotli + other.brotli }
}
