//! How the figures were made, their known bias, and what they cannot say.

use maud::{Markup, html};

/// The method in brief, with its limits.
pub fn section() -> Markup {
    html! {
        section.kernel #method aria-labelledby="method-title" {
            h2 #method-title { "How this was measured" }
            div.prose {
                ul {
                    li { b { "Blocks." } " Each block is a fresh browser process; in it every contender has a page of its own. Blocks are what repeats, so intervals are over blocks, never over calls." }
                    li { b { "Warm-up." } " Before anything is timed a contender is called until its times show no trend, within limits. “Steady” counts the blocks that got there; the others enter all the same, and widen the interval." }
                    li { b { "Rounds." } " In every round each contender is timed once, in random order, so that whatever slows the machine slows all of them. A block's estimate is the median over rounds of the logarithm of candidate ÷ baseline." }
                    li { b { "Intervals." } " The point is the Hodges–Lehmann estimate over blocks, the interval Student's at 95\u{a0}%, split over all looks, and never narrower than what the steps of the clock hide." }
                    li { b { "Outcomes." } " Faster or slower only when the whole interval is on one side of ×1 and the point is off by more than 1\u{a0}%; same when the whole interval is within ±1\u{a0}%; otherwise unsure." }
                    li { b { "Bimodal." } " Where blocks fall into two clusters, as they do when the engine compiles a contender well in some pages only, both centres are given and no factor between them. With one on either side of ×1 the outcome is unsure." }
                    li { b { "Tracks." } " “Ecosystem” is the library people install, “controlled” the same algorithm written as fast as it can be. A factor is against one of them and they are never mixed." }
                    li { b { "Starts." } " A cold start is made in a page and an origin that have never seen the contender, with everything served compressed from this machine. Its phases follow one another without a gap; “rest” is what they leave of the total." }
                    li { b { "Boundary." } " Copying in and copying out are timed alone, on the contender's own glue, beside the same job on memory that is already inside. Where the parts miss the call by more than 15\u{a0}%, no split is shown." }
                    li { b { "Size." } " Bytes of what ships: bundle, or glue and Wasm, and every file that a module fetches itself; raw, gzip 9 and brotli 11 (9 for files of 2 MiB and more), exact." }
                    li { b { "Verdicts." } " A scenario is a number of calls after the first answer, and whether someone waits for the start: start and calls are added up for every contender, block by block. A candidate has to beat the cheapest of JavaScript and of the browser's own, and surely." }
                    li { b { "Memory." } " JavaScript heap, array buffers and linear memory of a page, after a forced collection and outside of all timing. A leak is a slope over sessions, once the first fifth of them has let engine and allocators settle, of more than 1 KiB each with its whole interval." }
                    li { b { "Answers." } " Every contender's answer was checked before it was timed. A wrong answer is a failure and has no time." }
                }
                h3 { "Known bias" }
                ul {
                    li { "A page may get a renderer that the browser kept in reserve, and start sooner. Starts are shuffled, so that this favours nobody and adds noise." }
                    li { "A sample holds one call at least: contenders that take seconds have few of them, and wide intervals." }
                    li { "Garbage of one batch may be collected in the next. A page holds one contender, so each pays for its own." }
                }
                h3 { "What this cannot say" }
                ul {
                    li { "How another machine, engine or browser version does: ratios travel better than times, and neither travels far." }
                    li { "Luck of layout and alignment that every build of the same code shares: fresh processes do not average over it." }
                    li { "What a page feels like: contenders ran alone, in a page that did nothing else." }
                    li { "What the network costs: everything was served from the same machine. The added download is computed from sizes and leaves out latency." }
                    li { "How much memory a browser takes for a page: compiled Wasm, the document and the browser's own parts are outside of what is counted." }
                    li { "One in twenty 95\u{a0}% intervals misses the truth. In a table of many comparisons, expect some to." }
                    li { "The best of several candidates is picked from the same figures that rate it, which flatters it a little." }
                }
            }
        }
    }
}
