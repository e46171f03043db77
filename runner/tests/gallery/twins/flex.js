// A row in which children that grow share what is left, as CSS has it.

export function row(width, basis, grow) {
  const left = width - basis.reduce((all, one) => all + one, 0);
  const shares = grow.reduce((all, one) => all + one, 0);
  let edge = 0;
  return basis.map((own, index) => {
    const size = own + (left * grow[index]) / shares;
    const box = [edge, size];
    edge += size;
    return box;
  });
}
