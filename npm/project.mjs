// What the packages are made of: the names, the version, the tools, and what the crates say of themselves.
import { readFileSync } from 'node:fs';

const text = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const json = (path) => JSON.parse(text(path));

/** A value in a section of a TOML file, written on one line. */
function field(path, section, key) {
  const body = `\n${text(path)}`.split(`\n[${section}]\n`)[1]?.split('\n[')[0] ?? '';
  const line = body.split('\n').find((candidate) => candidate.startsWith(`${key} = `));
  if (!line) throw new Error(`${path}: there is no ${key} in [${section}]`);
  return JSON.parse(line.slice(`${key} = `.length));
}

const { scope, targets } = json('npm/packages.json');
const tools = json('runner/tools/package.json');

export { scope, targets };

export const version = field('Cargo.toml', 'workspace.package', 'version');

/** The address of the repository. */
export const repository = field('Cargo.toml', 'workspace.package', 'repository');

export const description = field('runner/Cargo.toml', 'package', 'description');

/** The name of the launcher's package. */
export const launcher = `${scope}/crossover`;

/** The name of the program's file. */
export const fileOf = ({ os }) => (os === 'win32' ? 'crossover.exe' : 'crossover');

/** The name of the package that has the program for a target. */
export function nameOf({ os, cpu, libc }) {
  const suffix = { glibc: '-gnu', musl: '-musl' }[libc] ?? '';
  return `${launcher}-${os}-${cpu}${suffix}`;
}

const common = {
  version,
  license: field('Cargo.toml', 'workspace.package', 'license'),
  homepage: `${repository}#readme`,
  repository: { type: 'git', url: `git+${repository}.git` },
  publishConfig: { access: 'public' },
};

/** The manifest of the package that has the program for a target. */
export function manifestOf(target) {
  const { os, cpu, libc } = target;
  return {
    name: nameOf(target),
    description: `The program of ${launcher} for ${[os, cpu, libc].filter(Boolean).join(' ')}`,
    ...common,
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    files: [fileOf(target)],
    // A program cannot be started out of an archive.
    preferUnplugged: true,
  };
}

/** The manifest of the launcher. Tools that only builds need are left out: they are larger than all else. */
export function launcherManifest() {
  const isNeeded = ([name]) => !tools.crossover.forBuilds.includes(name);
  return {
    name: launcher,
    description,
    keywords: field('runner/Cargo.toml', 'package', 'keywords'),
    ...common,
    bin: { crossover: 'bin/crossover' },
    files: ['bin', 'LICENSE-*', 'NOTICE'],
    engines: { node: '>=20' },
    dependencies: Object.fromEntries(Object.entries(tools.dependencies).filter(isNeeded)),
    optionalDependencies: Object.fromEntries(Object.values(targets).map((target) => [nameOf(target), version])),
  };
}
