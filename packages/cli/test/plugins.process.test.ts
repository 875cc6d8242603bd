import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessOutcome } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { toySpec, writeToyModel } from './toy-model.ts';
import { inputs, toyPredictions, toyProject } from './toy-run.ts';

const throwing = "() => { throw new TypeError('oops\\n  and more'); }";
const vision = new URL('../../vision/dist/heads/index.js', import.meta.url).href;
const ssd = `import { heads } from '${vision}'; const { ssd } = heads; const base = { ...ssd, type: 'mine' };\n`;
const info = `device: 'cpu', concurrency: 1, warnings: [], dispose: async () => {},
  inputs: [{ name: 'x', dtype: 'float32', shape: [1, 3, 32, 32] }],
  outputs: [{ name: 'scores', dtype: 'float32', shape: [1, 4, 3] }, { name: 'boxes', dtype: 'float32', shape: [1, 4, 4] }]`;

/** Code of a user's that has a mistake, by file and export. */
const plugins = {
  'b.ts': `export const load = { name: 'onnx', load: ${throwing} };
    export const later = { name: 'onnx', load: async () => (${throwing})() };
    export const plan = { name: 'onnx', load: ${throwing}, planSessions: ${throwing} };
    export const nothing = { name: 'onnx', load: async () => undefined };
    export const run = { name: 'onnx', load: async () => ({ ${info}, run: ${throwing} }) };`,
  'h.mjs': `${ssd}
    export const create = { ...base, createReader: ${throwing} };
    export const nothing = { ...base, createReader: () => undefined };
    export const empty = { ...base, createReader: () => ({ read: ${throwing} }) };
    export const read = { ...base, createReader: (...given) => ({ ...ssd.createReader(...given), read: ${throwing} }) };
    export const threads = { ...read, module: import.meta.url };
    export const recognise = { ...base, recognise: ${throwing} };
    const guess = () => [{ numLabels: 3, head: { ...${JSON.stringify(toySpec.head)}, type: 'mine' } }];
    export const draftCreate = { ...create, recognise: guess };
    export const draftRead = { ...read, recognise: guess };`,
  's.mjs': `export const score = ${throwing};
    export const odd = ([first]) => { if (first !== 0.75) throw new TypeError('oops'); return 1; };
    export const rows = { name: 'rows', order: 'ascending', score: () => 1, scoreRows: ${throwing} };
    export const rule = { name: 'rule', order: 'ascending', score: ${throwing} };
    export const call = { parameters: ['INTEGER'], returns: 'INTEGER', call: ${throwing} };
    export const query = { name: 'query', select: ${throwing} };`,
};

async function project(head: string = toySpec.head.type): Promise<string> {
  const folder = await toyProject();
  await writeToyModel(join(folder, 'model'), { spec: { ...toySpec, head: { ...toySpec.head, type: head } } });
  for (const [name, code] of Object.entries(plugins)) await writeFile(join(folder, name), code);
  return folder;
}

/** One line of words, and no trace of a stack. */
function expectLine({ code, stderr }: ProcessOutcome, wanted: string, exitCode = 1): void {
  expect(stderr.replaceAll(/^(settings|warning).*\n/gm, '')).not.toMatch(/^\s+at /m);
  expect(stderr).toContain(wanted);
  expect(stderr).not.toContain('and more');
  expect(code, stderr).toBe(exitCode);
}

describe('code of the user that throws is named, with what it threw and what to do', () => {
  it.each([
    ['load', 'load of backend ./b.ts#load threw TypeError: oops; correct it there'],
    ['later', 'load of backend ./b.ts#later threw TypeError: oops; correct it there'],
    ['nothing', 'load of backend ./b.ts#nothing gave no model; expected { device, inputs,'],
  ])('models show --backend ./b.ts#%s', async (name, wanted) => {
    const args = ['models', 'show', 'model/quarters.json', '--backend', `./b.ts#${name}`];
    expectLine(await runCli(args, { cwd: await project() }), wanted);
  });

  it.each([
    ['plan', 'planSessions of backend ./b.ts#plan threw TypeError: oops; correct it there'],
    ['run', 'run of backend ./b.ts#run threw TypeError: oops; correct it there'],
  ])('predict --backend ./b.ts#%s', async (name, wanted) => {
    const args = ['predict', ...inputs, '--out', '-', '--backend', `./b.ts#${name}`];
    expectLine(await spawnCli(args, { cwd: await project() }), wanted);
  });

  // Doctor gives each device two seconds, which a busy machine may not have.
  it.each(['models log', 'sql', 'doctor'])('%s --backend', { retry: 2 }, async (command) => {
    const folder = await project();
    const more = {
      'models log': ['model/quarters.json', '--tracking-uri', './models'],
      sql: ['--model', 'm=model/quarters.json', '-c', "SELECT ML_PREDICT(m, image) FROM read_images('photos')"],
      doctor: ['--model', 'model/quarters.json'],
    }[command]!;
    const outcome = await runCli([...command.split(' '), ...more, '--backend', './b.ts#load'], { cwd: folder });
    const { stdout, stderr } = outcome;
    expect(stdout + stderr).toContain('load of backend ./b.ts#load threw TypeError: oops');
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    ['create', 'createReader of head "mine" (./h.mjs#create) threw TypeError: oops; correct it there'],
    ['nothing', 'createReader of head "mine" (./h.mjs#nothing) threw TypeError'],
    ['empty', 'createReader of head "mine" (./h.mjs#empty) gave a reader with no list of outputs; expected'],
    ['read', 'the reader of head "mine" (./h.mjs#read) threw TypeError: oops; correct it there'],
    ['threads', 'the reader of head "mine" (./h.mjs#threads) threw TypeError: oops; correct it there'],
  ])('predict --head ./h.mjs#%s', async (name, wanted) => {
    const args = ['predict', ...inputs, '--out', '-', '--head', `./h.mjs#${name}`];
    expectLine(await spawnCli(args, { cwd: await project('mine') }), wanted);
  });

  it.each([
    ['recognise', 'recognise of head "mine" (./h.mjs#recognise) threw TypeError: oops; correct it there'],
    ['draftCreate', 'createReader of head "mine" (./h.mjs#draftCreate) threw TypeError: oops; correct it there'],
    ['draftRead', 'the reader of head "mine" (./h.mjs#draftRead) threw TypeError: oops; correct it there'],
  ])('models draft --head ./h.mjs#%s', async (name, wanted) => {
    const args = ['models', 'draft', 'model/quarters.onnx', 'photos', '--head', `./h.mjs#${name}`];
    expectLine(await runCli(args, { cwd: await project() }), wanted);
  });

  it('a head that is none is called as code would call it', async () => {
    const args = ['models', 'draft', 'model/quarters.onnx', '--head', './b.ts#load'];
    expectLine(await runCli(args, { cwd: await project() }), '--head: heads["./b.ts#load"] is an object of', 2);
  });

  it.each([
    ['score', '"./s.mjs#score" does not take the scores [0.75, 0.25] (TypeError: oops); correct it there', 2],
    ['rule', '"./s.mjs#rule" does not take the scores [0.75, 0.25] (TypeError: oops); correct it there', 2],
    ['odd', 'score of ./s.mjs#odd threw TypeError: oops; correct it there', 1],
    ['rows', 'scoreRows of ./s.mjs#rows threw TypeError: oops; correct it there', 1],
  ])('rank --strategy ./s.mjs#%s', async (name, wanted, code) => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 's.mjs'), plugins['s.mjs']);
    const args = ['rank', 'predictions', '--out', 'ranked.csv', '--strategy', `./s.mjs#${name}`];
    expectLine(await runCli(args, { cwd: folder }), wanted, code);
  });

  it.each([
    ['call', 'SELECT call(1)', 'call(1): oops'],
    ['rule', 'SELECT rule([0.5, 0.5]::FLOAT[])', 'strategy "rule" of [0.5, 0.5]: oops'],
  ])('sql --function ./s.mjs#%s', async (name, query, wanted) => {
    const outcome = await runCli(['sql', '--function', `./s.mjs#${name}`, '-c', query], { cwd: await project() });
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining(wanted) as string });
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
  });

  it('QUALM_DEBUG=1 shows where', async () => {
    const args = ['models', 'show', 'model/quarters.json', '--backend', './b.ts#load'];
    const folder = await project();
    expect((await runCli(args, { cwd: folder })).stderr).toMatch(/; QUALM_DEBUG=1 shows where\n$/);
    const { stderr } = await runCli(args, { cwd: folder, env: { QUALM_DEBUG: '1' } });
    expect(stderr).toMatch(/caused by: TypeError: oops\n[^]*b\.ts/);
  });
});
