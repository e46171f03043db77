#!/usr/bin/env node
// check.mjs TAG: checks that a tag is the one of this version, and that the changelog has it; prints the version, and what to build
// where, as outputs of a job.
import { readFileSync } from 'node:fs';
import { targets, version } from '../../npm/project.mjs';

function fail(wrong, help) {
  process.stderr.write(`error: ${wrong}\nhelp: ${help}\n`);
  process.exit(1);
}

const tag = process.argv[2];
if (tag !== `v${version}`) fail(`${tag}: is not the tag of the version in Cargo.toml, ${version}`, `tag v${version}, or change the version first`);
const changes = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
const isListed = changes.split('\n').some((line) => line === `## ${version}` || line.startsWith(`## ${version} `));
if (!isListed) fail(`CHANGELOG.md: has no section ${version}`, `put \`## ${version}\` over what is unreleased`);
const include = Object.entries(targets).map(([target, { runner, container = '' }]) => ({ target, runner, container }));
process.stdout.write(`version=${version}\nmatrix=${JSON.stringify({ include })}\n`);
