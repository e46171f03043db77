// Binary trees: a large one that lives while many smaller ones come and go. The engine collects them.

const SHALLOWEST = 4;
const STEP = 4;

class Node {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
}

function build(depth) {
  return depth === 0 ? new Node(null, null) : new Node(build(depth - 1), build(depth - 1));
}

function count({ left, right }) {
  return left === null ? 1 : 1 + count(left) + count(right);
}

/** How many nodes all trees had together, modulo 2³²; the large one is `depth` deep. */
export function run(depth) {
  const large = build(depth);
  let nodes = 0;
  for (let small = SHALLOWEST; small <= depth; small += STEP) {
    for (let trees = 1 << (depth - small + SHALLOWEST); trees > 0; trees--) nodes += count(build(small));
  }
  return (nodes + count(large)) >>> 0;
}
