//! Tests that the kernels of this repository have names that people know.

use std::path::Path;

use super::Suite;

#[test]
fn every_kernel_has_a_title_and_every_input_and_contender_a_name_that_people_know() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let suite = Suite::open(Some(&root.join(super::FILE))).unwrap();
    let mut missing = Vec::new();
    let mut titles = Vec::new();
    for kernel in &suite.kernels {
        match &kernel.title {
            Some(title) => titles.push(title),
            None => missing.push(format!("{}: title", kernel.name)),
        }
        if kernel.caveats.is_empty() {
            missing.push(format!("{}: caveats", kernel.name));
        }
        let inputs = kernel.inputs.iter().filter(|input| input.label.is_none());
        missing.extend(inputs.map(|input| format!("{}: label of input {}", kernel.name, input.name)));
        for contender in &kernel.contenders {
            if contender.label.is_none() && contender.packages.is_empty() {
                missing.push(format!("{}: label or packages of {}", kernel.name, contender.name));
            }
            let unknown = contender.packages.iter().filter(|package| package.version.is_none());
            missing.extend(unknown.map(|package| format!("{}: version of {package}", kernel.name)));
            if contender.name.starts_with("peer-") && contender.packages.is_empty() {
                missing.push(format!("{}: packages of {}", kernel.name, contender.name));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    titles.sort_unstable();
    let twice = titles.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "two kernels have one title");
}
