//! The tips of all charts: taken out of the page's markup and packed, because only the script shows them, and together
//! they are as long as the charts.

const BEGIN: &str = "<g class=\"tips\" data-of=\"";
const END: &str = "</g>";

/// The markup without tips, and the tips: for each chart its id on a line, then a line for each tip, with its place
/// (`x y width height`) and, after a tab, its text.
pub fn taken_from(markup: &str) -> (String, String) {
    let (mut rest, mut without, mut tips) = (markup, String::with_capacity(markup.len()), String::new());
    while let Some((before, group)) = rest.split_once(BEGIN) {
        let (group, after) = group.split_once(END).unwrap_or((group, ""));
        without.push_str(before);
        tips.push_str(&lines(group));
        rest = after;
    }
    (without + rest, tips)
}

/// How long a chart is without its tips.
pub fn length_without(chart: &str) -> usize {
    let tips = chart.find(BEGIN).map(|begin| &chart[begin..]);
    let tips = tips.and_then(|tips| tips.find(END)).map_or(0, |end| end + END.len());
    chart.len() - tips
}

fn lines(group: &str) -> String {
    let mut rects = group.split("<rect ");
    let id = rects.next().and_then(|opening| opening.split('"').next()).unwrap_or_default();
    let line = |rect: &str| {
        let (place, text) = rect.split_once("><title>")?;
        let numbers: Vec<&str> = place.split(' ').filter_map(|part| Some(part.split_once('=')?.1)).collect();
        Some(format!("{}\t{}\n", numbers.join(" "), plain(text.split("</title>").next()?)))
    };
    format!("{id}\n{}", rects.filter_map(line).collect::<String>())
}

/// The text that was escaped.
fn plain(escaped: &str) -> String {
    escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::taken_from;

    #[test]
    fn tips_are_taken_out_and_nothing_else() {
        let tips = "<g class=\"tips\" data-of=\"a-ratio\" fill=\"none\"><rect x=0 y=74 width=400 height=46>\
                    <title>js &lt; 1: &amp;lt; ms</title></rect><rect x=1 y=2 width=3 height=4><title>x</title></rect></g>";
        let markup = format!("<svg><g fill=\"a\"></g>{tips}</svg><p>{tips}</p>");
        let (without, taken) = taken_from(&markup);
        assert_eq!(without, "<svg><g fill=\"a\"></g></svg><p></p>");
        let of_one = "a-ratio\n0 74 400 46\tjs < 1: &lt; ms\n1 2 3 4\tx\n";
        assert_eq!(taken, [of_one, of_one].concat());
    }
}
