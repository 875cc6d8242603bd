import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { readParquet } from '@qualm/datasets';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { toyPredictions } from './toy-run.ts';

type Row = Record<string, unknown>;

describe('qualm rank', () => {
  it('is a table on a terminal, and data where it is asked for', async () => {
    const folder = await toyPredictions();
    const rank = ['rank', 'predictions', '--level', 'images'];
    const { stdout } = await runCli(rank, { cwd: folder, columns: 70 });
    const [header, rule, first] = stdout.split('\n');
    expect(header).toMatch(/^\u001b\[1mrank │ marginUnc\w*…? │ label /);
    expect(rule).toMatch(/^\u001b\[2m[─┼]+\u001b\[22m$/);
    expect(first).toMatch(/^ +1 │ +4 │ red .*c\.jpg/);
    expect(
      Math.max(
        ...stripVTControlCharacters(stdout)
          .split('\n')
          .slice(0, 5)
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(70);
    const json = await runCli([...rank, '--json'], { cwd: folder, columns: 70 });
    expect((JSON.parse(json.stdout) as Row[])[0]!['image_id']).toBe('c.jpg');
  });

  it.each(['images', 'detections'])('gives the same list of %s as CSV, JSON and Parquet', async (level) => {
    const folder = await toyPredictions();
    const rank = (...more: string[]): ReturnType<typeof runCli> =>
      runCli(['rank', 'predictions', '--level', level, '--aggregate', 'least-sure', ...more], { cwd: folder });
    const rows = JSON.parse((await rank('--json')).stdout) as Row[];
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1));
    const margins = rows.map(({ margin }) => margin as number);
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
    expect(rows).toHaveLength(level === 'images' ? 3 : 12);

    await rank('--out', 'list.json');
    expect(JSON.parse(await readFile(join(folder, 'list.json'), 'utf8'))).toEqual(rows);

    const { stdout } = await rank();
    await rank('--out', 'list.csv');
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toBe(stdout);
    const [header, ...csv] = stdout
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    const at = header!.indexOf('margin');
    expect(csv.map((cells) => Number(cells[at]))).toEqual(margins);

    expect((await rank('--out', 'list.parquet')).stderr).toBe('');
    const { columns } = await readParquet(join(folder, 'list.parquet'));
    expect([...columns['margin']!]).toEqual(margins);
    expect([...columns['image_id']!]).toEqual(rows.map(({ image_id }) => image_id));
  });

  it('runs as an installed command, with data alone on stdout', async () => {
    const folder = await toyPredictions();
    const { code, stdout, stderr } = await spawnCli(['rank', 'predictions', '--limit', '2', '--json'], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it.each([
    ['margin', 'marginUncertainty'],
    ['ratio', 'ratio'],
    ['entropy', 'entropy'],
    ['least-confidence', 'leastConfidence'],
  ])('--strategy %s puts the torn image first', async (strategy, column) => {
    const folder = await toyPredictions();
    const run = ['rank', 'predictions', '--level', 'images', '--strategy', strategy, '--json'];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    expect(rows.map(({ image_id }) => image_id)).toEqual(['c.jpg', 'b.jpg', 'a.jpg']);
    expect(rows[0]).toHaveProperty(column);
  });

  it('--strategy ./mine.js#score ranks by a function of the user, in a column that hides no other', async () => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 'mine.mjs'), 'export const score = (scores) => scores[0];\n');
    const run = ['rank', 'predictions', '--level', 'detections', '--strategy', './mine.mjs#score', '--json'];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    expect(rows[0]).toMatchObject({ image_id: 'a.jpg', uncertainty: rows[0]!['score'] });
    expect(rows.at(-1)).toMatchObject({ image_id: 'c.jpg' });
  });

  it.each(['./mine.ts', 'mine'])('--strategy %s#doubt takes TypeScript, of a file or of a package', async (name) => {
    const folder = await toyPredictions();
    const home = name === 'mine' ? join(folder, 'node_modules/mine') : folder;
    await mkdir(home, { recursive: true });
    const manifest = { name: 'mine', type: 'module', exports: './mine.ts' };
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(home, 'part.ts'), 'export enum Least { Sure = 1 }\n');
    const source = [
      "import { Least } from './part.ts';",
      'const score = (scores: ArrayLike<number>): number => Least.Sure - scores[0]!;',
      "export const doubt = { name: 'doubt', order: 'descending' as const, score };",
    ];
    await writeFile(join(home, 'mine.ts'), source.join('\n'));
    const run = ['rank', 'predictions', '--level', 'images', '--strategy', `${name}#doubt`, '--json'];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    expect(rows.map(({ image_id }) => image_id)).toEqual(['c.jpg', 'b.jpg', 'a.jpg']);
    expect(rows[0]).toHaveProperty('doubt');
  });

  it('a strategy of the user says its own order', async () => {
    const folder = await toyPredictions();
    const module = "export const best = { name: 'best', order: 'ascending', score: (scores) => scores[0] };\n";
    await writeFile(join(folder, 'mine.mjs'), module);
    const run = ['rank', 'predictions', '--level', 'images', '--strategy', './mine.mjs#best', '--json'];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    expect(rows.map(({ image_id }) => image_id)).toEqual(['c.jpg', 'b.jpg', 'a.jpg']);
    expect(rows[0]).toHaveProperty('best');
  });

  it('an error in a strategy of the user shows where it came from', async () => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 'mine.mjs'), "export function score() { throw new Error('not today'); }\n");
    const { code, stderr } = await runCli(['rank', 'predictions', '--strategy', './mine.mjs#score'], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/mine\.mjs[^]*not today/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('--aggregate mean is the mean over the boxes', async () => {
    const folder = await toyPredictions();
    const run = ['rank', 'predictions', '--json', '--level'];
    const boxes = JSON.parse((await runCli([...run, 'detections'], { cwd: folder })).stdout) as Row[];
    const images = JSON.parse(
      (await runCli([...run, 'images', '--aggregate', 'mean'], { cwd: folder })).stdout,
    ) as Row[];
    for (const { image_id, margin } of images) {
      const margins = boxes.filter((box) => box['image_id'] === image_id).map((box) => box['margin'] as number);
      expect(margin).toBeCloseTo(margins.reduce((sum, value) => sum + value, 0) / margins.length, 12);
    }
  });

  it.each([
    ['max', (margins: readonly number[]) => Math.max(...margins)],
    ['min', (margins: readonly number[]) => Math.min(...margins)],
    ['count', (margins: readonly number[]) => margins.length],
    ['top-mean:2', (margins: readonly number[]) => (margins[0]! + margins[1]!) / 2],
    ['quantile:0.5', (margins: readonly number[]) => (margins[1]! + margins[2]!) / 2],
  ])('--aggregate %s', async (how, wanted) => {
    const folder = await toyPredictions();
    const run = ['rank', 'predictions', '--json', '--min-score', '0', '--level'];
    const boxes = JSON.parse((await runCli([...run, 'detections'], { cwd: folder })).stdout) as Row[];
    const { stdout } = await runCli([...run, 'images', '--aggregate', how], { cwd: folder });
    for (const { image_id, margin } of JSON.parse(stdout) as Row[]) {
      const margins = boxes.filter((box) => box['image_id'] === image_id).map((box) => box['margin'] as number);
      expect(margins).toHaveLength(4);
      expect(margin).toBeCloseTo(wanted(margins), 12);
    }
  });

  it.each([
    ['first', ['c.jpg', 'b.jpg', 'a.jpg'], null],
    ['last', ['b.jpg', 'a.jpg', 'c.jpg'], null],
    ['-1', ['c.jpg', 'b.jpg', 'a.jpg'], -1],
    ['1.5', ['b.jpg', 'a.jpg', 'c.jpg'], 1.5],
  ])('--empty %s says where images without a box come', async (empty, ids, value) => {
    const folder = await toyPredictions();
    const least = ['--aggregate', 'least-sure', '--min-score', '0.7'];
    const run = ['rank', 'predictions', '--json', '--level', 'images', ...least, `--empty=${empty}`];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    expect(rows.map(({ image_id }) => image_id)).toEqual(ids);
    expect(rows.find(({ image_id }) => image_id === 'c.jpg')).toMatchObject({ boxes: 0, margin: value });
  });

  it.each([
    ['least-confidence', 'leastConfidence', (s: number) => Math.min(s, 1 - s)],
    ['margin', 'margin', (s: number) => Math.abs(2 * s - 1)],
    ['ratio', 'ratio', (s: number) => Math.min(s, 1 - s) / Math.max(s, 1 - s)],
    ['entropy', 'entropy', (s: number) => -s * Math.log(s) - (1 - s) * Math.log(1 - s)],
    ['gini', 'gini', (s: number) => 2 * s * (1 - s)],
    ['normalized-least-confidence', 'normalizedLeastConfidence', (s: number) => 2 * Math.min(s, 1 - s)],
    ['normalized-entropy', 'normalizedEntropy', (s: number) => -s * Math.log2(s) - (1 - s) * Math.log2(1 - s)],
    ['normalized-gini', 'normalizedGini', (s: number) => 4 * s * (1 - s)],
  ])('--strategy %s scores a box that has one score s as [s, 1 - s]', async (strategy, column, wanted) => {
    const folder = await toyPredictions('--form', 'detections', '--min-score', '0');
    const run = ['rank', 'predictions', '--strategy', strategy, '--json', '--level'];
    const boxes = JSON.parse((await runCli([...run, 'detections'], { cwd: folder })).stdout) as Row[];
    expect(boxes).toHaveLength(12);
    for (const box of boxes) expect(box[column]).toBeCloseTo(wanted(box['score'] as number), 12);
    const nearest = boxes.map((box) => Math.abs((box['score'] as number) - 0.5));
    expect(nearest).toEqual(nearest.toSorted((a, b) => a - b));
    const images = JSON.parse((await runCli([...run, 'images'], { cwd: folder })).stdout) as Row[];
    expect(images.map(({ image_id }) => image_id)).toEqual(['c.jpg', 'b.jpg', 'a.jpg']);
  });

  it('a function of the user is given [s, 1 - s] too, the larger part first', async () => {
    const folder = await toyPredictions('--form', 'detections', '--min-score', '0');
    await writeFile(join(folder, 'mine.mjs'), 'export const score = (scores) => scores[0] + 10 * scores.length;\n');
    const run = ['rank', 'predictions', '--level', 'detections', '--strategy', './mine.mjs#score', '--json'];
    const rows = JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
    for (const row of rows) {
      const score = row['score'] as number;
      expect(row['uncertainty']).toBeCloseTo(20 + Math.max(score, 1 - score), 12);
    }
    expect(rows).toHaveLength(12);
  });
});
