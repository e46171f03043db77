//! How the figures were made, their known bias, and what they cannot say.

use maud::{Markup, html};

/// The method in brief, with its limits.
pub fn section() -> Markup {
    html! {
        details.kernel #method {
            summary { h2 #method-title { "How this was measured" } }
            div.prose {
                ul {
                    li { b { "Browser starts." } " Everything is repeated in fresh browser processes; every option has its own page in each. These starts are the repetitions, so intervals are over starts, never over calls." }
                    li { b { "Warm-up." } " Before it is timed, an option is called until its times show no trend, within limits. “Steady” counts the browser starts that reached this; the others count, too, and widen the interval." }
                    li { b { "Rounds." } " Every round times each option once, in random order, so that a slow machine slows all of them. The estimate of a browser start is the median over rounds of the logarithm of option ÷ baseline." }
                    li { b { "Intervals." } " The point is the Hodges–Lehmann estimate over browser starts, the interval Student's at 95\u{a0}%, split over all looks, and never narrower than the resolution of the clock allows." }
                    li { b { "Outcomes." } " Something is called faster or slower only if its whole interval is on one side of ×1 and the point is more than 1\u{a0}% away. It is the same if the whole interval is within ±1\u{a0}%, and otherwise unsure." }
                    li { b { "Bimodal." } " If browser starts fall into two clusters, for example because the engine compiles an option well in some pages only, both centres are given instead of one factor. If ×1 is between them, the outcome is unsure. Where all of the first starts are in one cluster and all others in the other, something changed while the run went on, and the page says so." }
                    li { b { "Tracks." } " “Ecosystem” is the library people install, “controlled” is the same algorithm, hand-tuned. A factor is against one of them; they are never mixed." }
                    li { b { "Starts." } " The time to the first result uses a page and an origin that have never seen the option, with everything served compressed from this machine. Its phases follow one another without a gap; “rest” is the part of the total outside of them." }
                    li { b { "Boundary." } " Copying in and copying out are timed alone, on the option's own glue, beside the same job on memory that is already inside. If the parts miss the call by more than 15\u{a0}%, no split is shown." }
                    li { b { "Size." } " Exact bytes of what ships: bundle, or glue and Wasm, and every file that a module fetches itself; raw, gzip 9 and brotli 11 (9 for files of 2 MiB and more)." }
                    li { b { "Decisions." } " A scenario is a number of calls, the first included, and whether the user waits for the start. First answer and further calls are added up for every option, browser start by browser start. An option that takes more effort is advised only if its whole 95\u{a0}% interval saves at least 1 ms and its saving is more than 5\u{a0}% of what the option with less effort costs. Effort grows from keeping the JavaScript, over the browser's API, a package and faster JavaScript, to a port." }
                    li { b { "Memory." } " JavaScript heap, array buffers and linear memory of a page, read after a forced collection and outside of all timing. A leak is a slope over sessions whose whole interval is above 1 KiB per session. The first fifth of the sessions is ignored, because engine and allocators settle in it." }
                    li { b { "Answers." } " Every option's answer was checked before it was timed. A wrong answer is a failure and has no time." }
                }
                h3 { "Known bias" }
                ul {
                    li { "A page may get a renderer that the browser kept in reserve, and start sooner. Starts are shuffled, so this adds noise but favours no option." }
                    li { "A sample has at least one call: options that take seconds have few samples, and wide intervals." }
                    li { "Garbage of one batch may be collected in the next. A page holds one option, so each pays for its own garbage." }
                }
                h3 { "What this cannot say" }
                ul {
                    li { "The result on another machine, engine or browser version. Ratios transfer better than times, and neither transfers well." }
                    li { "The luck of code layout and alignment, which every build of the same code shares. Fresh processes do not average over it." }
                    li { "How a whole page feels. Options ran alone, in a page that did nothing else." }
                    li { "The cost of the network. Everything was served from the same machine; the added download is computed from sizes and ignores latency." }
                    li { "The total memory of a page. Compiled Wasm, the document and the browser's own parts are not counted." }
                    li { "One in twenty 95\u{a0}% intervals misses the truth. In a table of many comparisons, expect some to miss." }
                    li { "Picking the best of several options by the same figures that rate it flatters it slightly." }
                }
            }
        }
    }
}
