//! What the kernels of this repository have beside crates.

use super::*;
use crate::suite::ContenderSource;

#[test]
fn every_module_and_package_of_the_kernels_is_bundled() {
    let suite = crate::suite::Suite::open(Some(&repository().join("crossover.toml"))).unwrap();
    let contenders =
        suite.kernels.iter().flat_map(|kernel| kernel.contenders.iter().map(move |contender| (kernel, contender)));
    let recipes: Vec<Recipe> = contenders
        .filter_map(|(kernel, contender)| {
            let source = match &contender.source {
                ContenderSource::Module(path) => BuildSource::Module { path: path.clone() },
                ContenderSource::Package(target) => BuildSource::Package { target: target.clone(), starts: true },
                ContenderSource::Handed(path) => BuildSource::Handed { path: path.clone() },
                ContenderSource::Whole(_) | ContenderSource::Foreign(_) | ContenderSource::Crate(_) => return None,
            };
            Some(Recipe {
                kernel: kernel.name.clone(),
                contender: contender.name.clone(),
                source,
                export: contender.export.clone(),
                assets: Vec::new(),
                root: suite.root.clone(),
                manifest: kernel.file.clone(),
            })
        })
        .collect();
    assert!(recipes.len() > 40, "{} are there", recipes.len());
    let failed: Vec<String> =
        recipes.iter().filter_map(|recipe| Some(format!("{:#}", quietly(recipe).err()?))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
