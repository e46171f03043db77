// What the filter of the entry does, by hand.
export const json = (data) => data.items.filter((item) => item.price > 10).map((item) => item.name);
