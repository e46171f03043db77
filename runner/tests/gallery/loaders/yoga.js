import Yoga from 'yoga-layout';

export function row(width, basis, grow) {
  const root = Yoga.Node.create();
  root.setWidth(width);
  root.setFlexDirection(Yoga.FLEX_DIRECTION_ROW);
  for (const [index, own] of basis.entries()) {
    const child = Yoga.Node.create();
    child.setFlexBasis(own);
    child.setFlexGrow(grow[index]);
    root.insertChild(child, index);
  }
  root.calculateLayout(width, 100, Yoga.DIRECTION_LTR);
  const boxes = basis.map((_, index) => {
    const child = root.getChild(index);
    return [child.getComputedLeft(), child.getComputedWidth()];
  });
  root.freeRecursive();
  return boxes;
}
