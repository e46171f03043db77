// The first contentful paint of a page that has shown nothing yet.

const PATIENCE_MS = 5000;

/** Shows something; when it is on the screen, by the clock of `performance.now()`. */
export function paint() {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`the browser painted nothing within ${PATIENCE_MS / 1000} s`));
    const timeout = setTimeout(late, PATIENCE_MS);
    const observer = new PerformanceObserver((list) => {
      const found = list.getEntriesByName('first-contentful-paint')[0];
      if (!found) return;
      clearTimeout(timeout);
      observer.disconnect();
      resolve(found.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
    document.body.append('painted');
  });
}
