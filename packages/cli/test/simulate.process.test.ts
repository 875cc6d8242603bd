import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeParquet } from '@qualm/datasets';
import { describe, expect, it } from 'vitest';
import { lines, runCli, spawnCli, temporaryFolder, pictureNames } from './run-cli.ts';

/** Two clouds that overlap, and a column that says nothing; 120 rows. */
const rows = Array.from({ length: 120 }, (_, row) => {
  const side = row % 2 === 0 ? -1 : 1;
  const [x, y] = [side + 1.5 * Math.sin(row * row), side + 1.5 * Math.cos(7 * row)];
  return { x, y: 1000 * y, note: `row ${row}`, kind: side < 0 ? 'left' : 'right' };
});
const names = ['x', 'y', 'note', 'kind'] as const;
const few = ['--seeds', '2', '--budget', '30', '--threads', '0'];

async function csvFolder(change: (line: string, row: number) => string = (line) => line): Promise<string> {
  const folder = await temporaryFolder();
  const text = [names.join(','), ...rows.map((row) => names.map((name) => row[name]).join(','))].map(change);
  await writeFile(join(folder, 'table.csv'), text.join('\n'));
  return folder;
}

describe('qualm simulate', () => {
  it('writes curves, how strategies compare with random, and a picture', async () => {
    const folder = await csvFolder();
    const { code, stdout, stderr } = await spawnCli(
      ['simulate', 'table.csv', '--label', 'kind', '--seeds', '2', '--budget', '30', '--target', '0.7'],
      { cwd: folder },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^120 rows, 2 features, 2 classes\n/);
    expect(stderr).toMatch(/simulate: 8\/8 · 0 failed.* runs\/s/);
    expect(stderr).toMatch(
      /^strategy +mean accuracy +to random +wins +labels to 0.7\nrandom +0\.\d+ +\w+\nmargin +0\.\d+ +[+-]0\.\d+ \(/m,
    );
    expect(stderr).not.toContain('Warning');
    const out = join(folder, 'qualm-simulation');
    expect(await pictureNames(out)).toEqual([
      ...['comparison.csv', 'curves.csv', 'learning-curves.png', 'learning-curves.svg', 'simulation.json'],
    ]);
    const curves = (await readFile(join(out, 'curves.csv'), 'utf8')).trim().split('\r\n');
    expect(curves).toHaveLength(1 + 4 * 2 * 3);
    expect(await readFile(join(out, 'learning-curves.svg'), 'utf8')).toContain('leastConfidence from 0.');
    const record = JSON.parse(await readFile(join(out, 'simulation.json'), 'utf8')) as Record<string, unknown>;
    expect(record).toMatchObject({ features: ['x', 'y'], classes: ['left', 'right'], seeds: 2, budget: 30 });
  });

  it('the same command gives the same curves, whatever the threads', async () => {
    const folder = await csvFolder();
    const curvesWith = async (threads: string): Promise<string> => {
      const args = ['simulate', 'table.csv', '--label', 'kind', ...few.slice(0, 4), '--threads', threads];
      await spawnCli([...args, '--out', `out-${threads}`], { cwd: folder });
      return readFile(join(folder, `out-${threads}/curves.csv`), 'utf8');
    };
    expect(await curvesWith('2')).toBe(await curvesWith('0'));
  });

  it('takes lists of numbers out of Parquet, and gives the result as JSON', async () => {
    const folder = await temporaryFolder();
    const columns = { embedding: rows.map(({ x, y }) => [x, y]), kind: rows.map(({ kind }) => kind) };
    await writeParquet(join(folder, 'table.parquet'), columns);
    const args = ['simulate', 'table.parquet', '--label', 'kind', '--features', 'embedding', '--json'];
    const { stdout } = await runCli([...args, '--strategy', 'margin', ...few.slice(0, 6)], { cwd: folder });
    expect(lines(stdout).at(-1)).toMatchObject({
      ...{ type: 'result', rows: 120, classes: ['left', 'right'], failures: [] },
      comparison: [{ strategy: 'random' }, { strategy: 'margin', seeds: 2 }],
    });
  });

  it('takes strategies of the user: a function, and one that chooses from the whole pool', async () => {
    const folder = await csvFolder();
    const source = [
      'export const doubt = (scores: ArrayLike<number>): number => -Math.abs(scores[0]! - 0.5);',
      "export const first = { name: 'first', select: ({ unlabelled, count }) => unlabelled.subarray(0, count) };",
      "export const fails = { name: 'fails', select: () => { throw new Error('not today'); } };",
    ];
    await writeFile(join(folder, 'mine.ts'), source.join('\n'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const strategies = ['./mine.ts#doubt', 'margin', './mine.ts#first', './mine.ts#fails'];
    const args = ['simulate', 'table.csv', '--label', 'kind', ...few, '--strategy', ...strategies];
    const { code, stderr } = await runCli(args, { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('warning: fails with seed 1 ended early: Error: not today');
    const table = (await readFile(join(folder, 'qualm-simulation/comparison.csv'), 'utf8')).split('\r\n');
    const values = (name: string): string => table.find((line) => line.startsWith(name))!.replace(name, '');
    // Of two classes the distance from one half is the margin.
    expect(values('doubt')).toBe(values('margin'));
    expect(values('first')).not.toBe(values('random'));
  });

  it.each<[string, readonly string[], RegExp, ((line: string, row: number) => string)?]>([
    ['no label', [], /--label <column>/],
    ['an unknown column', ['--label', 'class'], /no column "class"; the table has x, y, note, kind/],
    ['an unknown feature', ['--label', 'kind', '--features', 'z'], /no column "z"/],
    [
      'a feature of words',
      ['--label', 'kind', '--features', 'x', 'note'],
      /row 1: "note" is "row 0"; expected a number/,
    ],
    [
      'a hole',
      ['--label', 'kind'],
      /row 3: "x" is NaN|row 3: "x" is null/,
      (line, row) => (row === 3 ? `,${line.split(',').slice(1).join()}` : line),
    ],
    [
      'a missing label',
      ['--label', 'kind'],
      /row 5: no label/,
      (line, row) => (row === 5 ? line.replace(/\w+$/, '') : line),
    ],
    [
      'one class',
      ['--label', 'kind'],
      /holds 1 class; expected at least two/,
      (line, row) => (row > 0 ? line.replace(/\w+$/, 'left') : line),
    ],
    ['random twice', ['--label', 'kind', '--strategy', 'margin', 'margin'], /"margin" appears twice/],
    ['a budget below the start', ['--label', 'kind', '--budget', '5'], /--initial is 10, --budget 5/],
    ['no test rows', ['--label', 'kind', '--test-share', '0'], /--test-share is 0/],
    ['a strength of 0', ['--label', 'kind', '--strength', '0'], /expected a number above 0/],
  ])('%s: exit code 2, and nothing is written', async (_, args, message, change) => {
    const folder = await csvFolder(change);
    const { code, stderr } = await runCli(['simulate', 'table.csv', ...args], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
    expect(await readdir(folder)).toEqual(['table.csv']);
  });

  it('ends at once when interrupted', async () => {
    const folder = await csvFolder();
    const signal = AbortSignal.abort();
    const { code, stderr } = await runCli(['simulate', 'table.csv', '--label', 'kind', ...few], {
      cwd: folder,
      signal,
    });
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining('interrupted') as string });
  });
});
