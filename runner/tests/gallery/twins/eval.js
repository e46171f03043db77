// The engine that the page has already.
export const evalCode = (code) => (0, eval)(code);
