// A text that is formatted already stays as it is: the least that a formatter has to do.
export const format = (text) => text;
