import { minify as minifyHtml } from 'html-minifier-terser/dist/htmlminifier.esm.bundle';

export async function minify(page) {
  const text = new TextDecoder().decode(page);
  return new TextEncoder().encode(await minifyHtml(text, { collapseWhitespace: true, removeComments: true }));
}

/** The two leave out different tags that a page does not need: what is read of it is the same. */
export function read(answer) {
  const { body } = new DOMParser().parseFromString(new TextDecoder().decode(answer), 'text/html');
  return body.innerHTML.replace(/\s+/g, ' ').replace(/> </g, '><').trim();
}
