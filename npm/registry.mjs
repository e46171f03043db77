// A registry on this machine that has packed packages, and nothing else: what package managers ask before they install.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/** Serves the packages of a folder: the address, and what ends it. */
export async function serve(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, address).pathname).slice(1);
    const manifest = manifests.get(path);
    if (files.includes(path)) response.end(readFileSync(join(folder, path)));
    else if (manifest) response.setHeader('content-type', 'application/json').end(JSON.stringify(packument(folder, manifest, address)));
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const manifests = new Map(files.map((file) => manifestOf(folder, file)));
  return { address, close: () => server.closeAllConnections() ?? server.close() };
}

function manifestOf(folder, file) {
  const manifest = JSON.parse(execFileSync('tar', ['-xzOf', file, 'package/package.json'], { cwd: folder, encoding: 'utf8' }));
  return [manifest.name, { ...manifest, file }];
}

/** What a registry says of a package: all its versions, of which there is one. */
function packument(folder, { file, ...manifest }, address) {
  const bytes = readFileSync(join(folder, file));
  const hash = (kind, as) => createHash(kind).update(bytes).digest(as);
  const dist = { tarball: `${address}${file}`, integrity: `sha512-${hash('sha512', 'base64')}`, shasum: hash('sha1', 'hex') };
  const { name, version } = manifest;
  // Some managers refuse what is younger than some days.
  const time = { created: '2020-01-01T00:00:00Z', modified: '2020-01-01T00:00:00Z', [version]: '2020-01-01T00:00:00Z' };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } }, time };
}
