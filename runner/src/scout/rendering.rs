//! When the browser rendered, from a trace, and what it did at the time of a sample.

/// The name of a trace event that is rendering, in words.
#[must_use]
pub fn renders(event: &str) -> Option<&'static str> {
    Some(match event {
        "Layout" => "layout",
        "UpdateLayoutTree" | "RecalculateStyles" | "RecalcStyle" | "ParseAuthorStyleSheet" => "style",
        "ParseHTML" => "HTML parser",
        "Paint" | "PrePaint" | "PaintImage" | "UpdateLayer" | "UpdateLayerTree" | "Layerize" | "Commit"
        | "CompositeLayers" | "RasterTask" => "paint",
        "HitTest" => "hit test",
        "ImageDecodeTask" | "Decode Image" | "Decode LazyPixelRef" => "image decoder",
        _ => return None,
    })
}

/// Whether a trace event is the browser entering a script. Scripts run inside the HTML parser, among others.
#[must_use]
pub fn runs_script(event: &str) -> bool {
    matches!(event, "FunctionCall" | "EvaluateScript" | "EventDispatch" | "RunMicrotasks")
}

/// A stretch of a thread's time, in microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    /// Its first moment.
    pub start: f64,
    /// The first moment after it.
    pub end: f64,
    /// What is rendered; nothing where a script runs.
    pub rendering: Option<&'static str>,
}

/// Stretches of one thread, nested as calls are.
#[derive(Debug)]
pub struct Stretches(Vec<Stretch>);

impl Stretches {
    /// In order of time, the outer before the inner.
    #[must_use]
    pub fn new(mut spans: Vec<Stretch>) -> Self {
        spans.sort_by(|a, b| a.start.total_cmp(&b.start).then(b.end.total_cmp(&a.end)));
        Self(spans)
    }

    /// For how long scripts ran, with all that went on within them.
    #[must_use]
    pub fn script_us(&self) -> f64 {
        let (mut sum, mut end) = (0.0, f64::NEG_INFINITY);
        for span in self.0.iter().filter(|span| span.rendering.is_none()) {
            sum += (span.end - span.start.max(end)).max(0.0);
            end = span.end.max(end);
        }
        sum
    }

    /// What is rendered at each of some moments. A script inside of a rendering is no rendering.
    #[must_use]
    pub fn at(&self, times: impl Iterator<Item = f64>) -> Vec<Option<&'static str>> {
        let mut times: Vec<_> = times.enumerate().collect();
        times.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut found = vec![None; times.len()];
        let (mut coming, mut open) = (self.0.iter().peekable(), Vec::<Stretch>::new());
        for (at, time) in times {
            while let Some(span) = coming.next_if(|span| span.start <= time) {
                // What is over is no longer around what begins now.
                while open.pop_if(|open| open.end <= span.start).is_some() {}
                open.push(*span);
            }
            while open.pop_if(|open| open.end <= time).is_some() {}
            found[at] = open.last().and_then(|span| span.rendering);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_stretch_counts_and_scripts_are_no_rendering() {
        let span = |start, end, event| Stretch { start, end, rendering: renders(event) };
        let spans = Stretches::new(vec![
            span(30.0, 40.0, "Layout"),
            span(0.0, 100.0, "ParseHTML"),
            span(20.0, 50.0, "EvaluateScript"),
        ]);
        let found = spans.at([35.0, 10.0, 25.0, 45.0, 60.0, 100.0, 30.0].into_iter());
        assert_eq!(spans.script_us(), 30.0);
        assert_eq!(found, [Some("layout"), Some("HTML parser"), None, None, Some("HTML parser"), None, Some("layout")]);
    }
}
