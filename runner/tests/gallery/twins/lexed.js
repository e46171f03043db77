/** The two builds of the lexer put the fields of what they find in another order, which nobody asks for. */
export const sorted = ([imports, exports, ...flags]) => [imports.map(ordered), exports.map(ordered), ...flags];

const ordered = (item) => Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)));
