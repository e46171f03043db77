//! A page without the markup that browsers put back by themselves: end tags and quotes that HTML lets out. Of pages with
//! hundreds of tables it is a fifth.

/// What HTML allows to be left out, of what the page's parts write. Cells of a row of headings head their column, and those
/// of a column of headings their row, without being told to.
const OMITTED: [&str; 10] =
    ["</td>", "</th>", "</tr>", "</thead>", "</tbody>", "</li>", "</dt>", "</dd>", " scope=\"col\"", " scope=\"row\""];

/// The same markup, shorter; pictures are short already, and stay as they are. It may hold no script and no style: in texts
/// and values, both `<` and `"` are escaped, so that what is looked for is markup.
pub fn slim(markup: &str) -> String {
    let parts = markup.split_inclusive("</svg>").map(|part| match part.find("<svg") {
        Some(at) => shorter(&part[..at]) + &part[at..],
        None => shorter(part),
    });
    parts.collect()
}

fn shorter(markup: &str) -> String {
    let markup = OMITTED.iter().fold(markup.to_owned(), |markup, end| markup.replace(end, ""));
    // Most cells are numbers, so that it is the others which are marked.
    let markup = markup.replace("<td>", "<td class=\"t\">").replace("<td class=\"n\">", "<td>");
    unquoted(&markup)
}

/// Markup without the quotes that HTML lets out.
pub fn unquoted(markup: &str) -> String {
    let mut slim = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, value)) = rest.split_once("=\"") {
        slim.push_str(before);
        slim.push('=');
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        let is_plain = !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_#.()".contains(c));
        // Before a slash a value would go on to the end of the tag.
        if is_plain && !after.starts_with('/') {
            slim.push_str(value);
        } else {
            slim.extend(["\"", value, "\""]);
        }
        rest = after;
    }
    slim + rest
}

#[cfg(test)]
mod tests {
    use super::slim;

    #[test]
    fn what_html_lets_out_is_left_out() {
        for (long, short) in [
            ("<tr><th scope=\"col\">A</th><td class=\"n\">1</td></tr>", "<tr><th>A<td>1"),
            ("<td>words</td><td class=\"n computed\">1</td>", "<td class=t>words<td class=\"n computed\">1"),
            ("<ul class=\"a b\"><li>1</li><li>2</li></ul>", "<ul class=\"a b\"><li>1<li>2</ul>"),
            ("<b id=\"x\"/><svg id=\"y\"><g/></svg><td>1</td>", "<b id=\"x\"/><svg id=\"y\"><g/></svg><td class=t>1"),
            ("<p title=\"\">x=&quot;y&quot; &lt;/td&gt;</p>", "<p title=\"\">x=&quot;y&quot; &lt;/td&gt;</p>"),
            ("<a href=\"a b=c\" id=\"x\">=</a>", "<a href=\"a b=c\" id=x>=</a>"),
        ] {
            assert_eq!(slim(long), short);
        }
    }
}
