//! A page without the end tags and quotes that HTML allows to be left out, which are a fifth of a page with hundreds of
//! tables.

/// End tags and attributes that HTML allows to be left out. Cells in a row of headings head their column, and those in
/// a column of headings their row, without `scope`.
const OMITTED: [&str; 10] =
    ["</td>", "</th>", "</tr>", "</thead>", "</tbody>", "</li>", "</dt>", "</dd>", " scope=\"col\"", " scope=\"row\""];

/// The same markup, shorter; pictures stay as they are, because they are short already. It may not contain a script or
/// style. In texts and values both `<` and `"` are escaped, so that every match is markup.
pub fn slim(markup: &str) -> String {
    let parts = markup.split_inclusive("</svg>").map(|part| match part.find("<svg") {
        Some(at) => shorter(&part[..at]) + &part[at..],
        None => shorter(part),
    });
    parts.collect()
}

fn shorter(markup: &str) -> String {
    let markup = OMITTED.iter().fold(markup.to_owned(), |markup, end| markup.replace(end, ""));
    // Most cells are numbers, so the others get the class.
    let markup = markup.replace("<td>", "<td class=\"t\">").replace("<td class=\"n\">", "<td>");
    unquoted(&markup)
}

/// Markup without the quotes that HTML allows to be left out.
pub fn unquoted(markup: &str) -> String {
    let mut slim = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, value)) = rest.split_once("=\"") {
        slim.push_str(before);
        slim.push('=');
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        let is_plain = !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_#.()".contains(c));
        // Before a slash, an unquoted value would continue to the end of the tag.
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
