//! Examples at the end of each command's help.

use clap::Command;

/// Every command with one to three command lines.
const EXAMPLES: [(&str, &[&str]); 17] = [
    (
        "port",
        &[
            "crossover port --js src/md.js#render --input docs/*.md",
            "crossover port --js src/md.js#render --wasm pkg/#render --input docs/*.md",
            "crossover port --js src/lev.js#distance --args '[\"kitten\",\"sitting\"]'",
        ],
    ),
    ("scout", &["crossover scout trace.json.gz"]),
    (
        "run",
        &[
            "crossover run hashing --preset quick",
            "crossover run image-thumbnail --input image-thumbnail=photo.jpg",
            "crossover run --budget 10m --cpu-throttle 4 --network slow-4g",
        ],
    ),
    ("compare", &["crossover compare --base-ref main", "crossover compare base/run.jsonl head/run.jsonl"]),
    ("profile", &["crossover profile hashing-blake3 wasm-simd", "crossover profile text-json js --seconds 5"]),
    (
        "build-matrix",
        &[
            "crossover build-matrix hashing-blake3",
            "crossover build-matrix image-blur --opt-level 3,s --wasm-opt none,-Oz",
        ],
    ),
    (
        "report",
        &[
            "crossover report target/crossover",
            "crossover report target/crossover --calls 50 --bandwidth 10",
            "crossover report run.jsonl --format markdown --out report.md",
        ],
    ),
    (
        "charts",
        &[
            "crossover charts target/crossover",
            "crossover charts target/crossover --all --theme light,dark",
            "crossover charts run.jsonl --only speed-up,hashing --out talk",
        ],
    ),
    ("history", &["crossover history add target/crossover", "crossover history trend hashing-blake3 --metric call_ns"]),
    ("init", &["crossover init"]),
    ("new", &["crossover new levenshtein", "crossover new render --from src/md.js#render --domain text"]),
    ("list", &["crossover list", "crossover list hashing --preset quick --plan"]),
    ("verify", &["crossover verify", "crossover verify hashing --contender 'wasm*'"]),
    ("merge", &["crossover merge shard-1 shard-2 --out target/crossover"]),
    ("doctor", &["crossover doctor", "crossover doctor --browser-path /usr/bin/chromium"]),
    ("setup", &["crossover setup", "crossover setup --offline-bundle tools.tar.gz"]),
    ("calibrate", &["crossover calibrate --comparisons 100"]),
];

/// The same command, each of its commands with examples.
pub fn with_examples(command: Command) -> Command {
    EXAMPLES.iter().fold(command, |command, (name, lines)| {
        let text = format!("Examples:\n  {}", lines.join("\n  "));
        command.mut_subcommand(name, |one| one.after_help(text))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::Cli;
    use super::*;

    #[test]
    fn every_command_has_examples_that_it_accepts() {
        let mut shown: Vec<&str> = EXAMPLES.iter().map(|(name, _)| *name).collect();
        shown.sort_unstable();
        let command = Cli::command();
        let mut commands: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        commands.sort_unstable();
        assert_eq!(shown, commands);
        for (name, lines) in EXAMPLES {
            assert!((1..=3).contains(&lines.len()), "{name}");
            for line in lines {
                assert!(line.starts_with(&format!("crossover {name}")) && line.len() <= 78, "{line}");
                let words = line.split_whitespace().map(|word| word.trim_matches('\''));
                let parsed = Cli::command().try_get_matches_from(words);
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
            }
        }
    }
}
