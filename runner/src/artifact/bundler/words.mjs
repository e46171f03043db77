// Messages about a module that can't be bundled.
import { builtinModules } from 'node:module';
import { basename } from 'node:path';

/** A module that is of no use in a browser, and why. */
export class Refusal extends Error {}

/** The first reason, with what to do, and with the place in the source where that is not the target itself. */
export function failure(error, { target }) {
  if (error instanceof Refusal) return error.message;
  const [{ text, location, notes, detail }] = error.errors;
  if (detail instanceof Refusal) return detail.message;
  const place = location ? `${location.file}:${location.line}:${location.column}: ` : '';
  const missing = /^Could not resolve "(.*)"$/.exec(text)?.[1];
  if (missing === undefined) return place + text;
  const isItself = location && target.path && basename(target.path) === location.file;
  return `${isItself ? '' : place}${unresolved(missing, notes)}`;
}

function unresolved(name, notes) {
  if (/^\.{0,2}\//.test(name)) return `\`${name}\` is not there`;
  if (/^(@|~)\//.test(name)) {
    return `\`${name}\` is a path alias that no tsconfig.json has; help: add it to compilerOptions.paths of the nearest one`;
  }
  if (name.startsWith('#')) return `\`${name}\` is not in the \`imports\` of the package.json`;
  const hint = notes.map(({ text }) => text).find((note) => /exports|not exported|condition/.test(note));
  if (hint) return `\`${name}\` can't be imported: ${hint}`;
  const [first, second] = name.split('/');
  const parts = name.startsWith('@') ? `${first}/${second}` : first;
  return `it imports \`${parts}\`, which is not installed; help: npm install ${parts}`;
}

/** Whether a name is a module of Node.js. */
export function isOfNode(name) {
  return name.startsWith('node:') || builtinModules.includes(name);
}
