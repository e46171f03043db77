// Cross-origin isolated pages in a Chromium, for the benches that time something in a page.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';

import { chromium } from '../tools/node_modules/playwright-core/index.mjs';

function findChromium() {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return process.env.CROSSOVER_CHROMIUM ?? places.find(existsSync);
}

/**
 * Serves `files`, `[type, body]` by path, on 127.0.0.1, and launches a browser. Every name has an origin, and so a process,
 * of its own.
 */
export async function isolated(files) {
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', ''];
    const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    response.writeHead(200, { 'Content-Type': type, ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const args = ['--site-per-process', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  return {
    browser,
    origin: (name) => `http://${name}.localhost:${server.address().port}/`,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
