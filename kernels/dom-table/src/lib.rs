//! The kernel `dom-table`: a table built in the page, changed, laid out and taken out again.
//!
//! All but drawing the rows is the browser's work, which Wasm reaches through JavaScript: there is nothing to win here.
//! Input and answer stay in JavaScript, so there is no boundary to take apart, and no native bench.

mod rows;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, Node};

use rows::{Row, make_rows};

const UPDATED_EVERY: usize = 10;

#[wasm_bindgen]
extern "C" {
    /// What `run` is given: how many rows, and the seed that they are drawn from.
    pub type Input;

    #[wasm_bindgen(method, getter)]
    fn rows(this: &Input) -> u32;

    #[wasm_bindgen(method, getter)]
    fn seed(this: &Input) -> u32;

    /// A node's text, as web-sys does not have it: put in as a number, and read without a copy in Rust.
    #[wasm_bindgen(extends = Node)]
    type Text;

    #[wasm_bindgen(method, getter, js_name = textContent)]
    fn get(this: &Text) -> JsValue;

    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_number(this: &Text, number: u32);
}

#[wasm_bindgen(start)]
fn start() {
    kernel_contract::tell_panics();
}

/// Builds, changes, lays out and removes a table; answers its text.
///
/// # Errors
/// What the browser throws, and an `Error` when it laid nothing out.
#[wasm_bindgen]
pub fn run(input: &Input) -> Result<JsValue, JsValue> {
    let mut rows = make_rows(input.rows(), input.seed());
    let document = web_sys::window().and_then(|window| window.document()).ok_or_else(|| missing("the document"))?;
    let body = document.body().ok_or_else(|| missing("the document's body"))?;
    let table = document.create_element("table")?.dyn_into::<HtmlElement>()?;
    let labels = fill(&document, &table, &rows)?;
    body.append_child(&table)?;
    for (row, label) in rows.iter_mut().step_by(UPDATED_EVERY).zip(&labels) {
        row.label.push_str(" (sold out)");
        label.set_node_value(Some(&row.label));
    }
    let height = table.offset_height();
    let text = table.unchecked_ref::<Text>().get();
    table.remove();
    match height {
        0 => Err(JsError::new("the table was not laid out").into()),
        _ => Ok(text),
    }
}

/// The label's text of each row that will be updated.
fn fill(document: &Document, table: &HtmlElement, rows: &[Row]) -> Result<Vec<Node>, JsValue> {
    let template = make_template(document)?;
    let body = document.create_element("tbody")?;
    let mut labels = Vec::with_capacity(rows.len().div_ceil(UPDATED_EVERY));
    for (at, Row { id, label, stock }) in rows.iter().enumerate() {
        let row = template.clone_node_with_deep(true)?;
        let id_cell = row.first_child().ok_or_else(|| missing("the cell of the id"))?;
        let label_cell = id_cell.next_sibling().ok_or_else(|| missing("the cell of the label"))?;
        let stock_cell = label_cell.next_sibling().ok_or_else(|| missing("the cell of the stock"))?;
        id_cell.unchecked_ref::<Text>().set_number(*id);
        label_cell.set_text_content(Some(label));
        stock_cell.unchecked_ref::<Text>().set_number(*stock);
        if at % UPDATED_EVERY == 0 {
            labels.push(label_cell.first_child().ok_or_else(|| missing("the label's text"))?);
        }
        body.append_child(&row)?;
    }
    table.append_child(&body)?;
    Ok(labels)
}

fn make_template(document: &Document) -> Result<Element, JsValue> {
    let row = document.create_element("tr")?;
    for _ in 0..3 {
        let cell = document.create_element("td")?;
        row.append_child(&cell)?;
    }
    Ok(row)
}

fn missing(what: &str) -> JsValue {
    JsError::new(&format!("{what} is missing")).into()
}
