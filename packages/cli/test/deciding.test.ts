import type { ReportCell } from '@qualm/report';
import { describe, expect, it } from 'vitest';
import { reportContents } from '../src/commands/report/report-contents.ts';
import { runCli } from './run-cli.ts';
import { storedPredictions } from './stored-predictions.ts';
import type { StoredImage } from './stored-predictions.ts';

const box = [10, 10, 50, 50] as const;
/** The first box is too faint to count; the second has the least margin, the third the least sure
 * best class.
 */
const street: StoredImage = {
  image_id: 'street',
  boxes: [
    { box, scores: [0.1, 0.05, 0] },
    { box, scores: [0.46, 0.44, 0] },
    { box, scores: [0.0625, 0.125, 0.3125] },
  ],
};
const empty: StoredImage = { image_id: 'empty', boxes: [{ box, scores: [0.1, 0, 0] }] };
const { signal } = new AbortController();

describe('the numbers of a report', () => {
  async function cellOf(by: 'box' | 'image', aggregate: string): Promise<{ cell: ReportCell; noBox?: string }> {
    const predictions = await storedPredictions([street, empty]);
    const asked = { predictions, by, strategy: 'margin', aggregate, minScore: 0.2, cells: 9, empty: 'last' } as const;
    const { pageCells, pageOptions } = await reportContents(asked, { cwd: '.', signal });
    expect(pageOptions.strategies.length).toBeGreaterThan(1);
    return { cell: pageCells[0]!.cell, ...(pageOptions.noBox !== undefined && { noBox: pageOptions.noBox }) };
  }

  it('of an image are each said of the box that they come from', async () => {
    const { cell, noBox } = await cellOf('image', 'least-sure');
    expect(cell.label).toBeUndefined();
    expect(cell.deciding).toHaveLength(cell.values.length);
    const [margin] = cell.deciding!;
    expect(margin).toMatchObject({ box: 1 });
    expect(cell.values[0]).toBeCloseTo(margin!.score! - margin!.secondScore!, 6);
    const leastConfidence = cell.deciding!.at(-1)!;
    expect(leastConfidence).toMatchObject({ box: 2 });
    expect(cell.values.at(-1)).toBeCloseTo(1 - leastConfidence.score!, 6);
    expect(cell.deciding!.every(({ value }) => value === undefined)).toBe(true);
    expect(noBox).toBe('no box above 0.2');
  });

  it('that are made of all boxes name the one of greatest doubt, with its own number', async () => {
    const { cell } = await cellOf('image', 'mean');
    const [margin] = cell.deciding!;
    expect(margin).toMatchObject({ box: 1, value: expect.closeTo(0.02, 6) as number });
    expect(cell.values[0]).toBeCloseTo((0.02 + 0.1875) / 2, 6);
  });

  it('that are sums of what is left of 1 name what the box adds', async () => {
    const { cell } = await cellOf('image', 'sum');
    expect(cell.deciding![0]).toMatchObject({ box: 1, value: expect.closeTo(0.98, 6) as number });
    expect(cell.values[0]).toBeCloseTo(0.98 + 0.8125, 6);
  });

  it('that are the largest or the smallest are of that box', async () => {
    const { cell } = await cellOf('image', 'max');
    expect(cell.deciding![0]).toMatchObject({ box: 2 });
    expect(cell.values[0]).toBeCloseTo(0.1875, 6);
  });

  it('of a box are all its own', async () => {
    const { cell } = await cellOf('box', 'least-sure');
    expect(cell).toMatchObject({ box: 1, score: expect.closeTo(0.46, 6) as number });
    expect(cell.deciding).toBeUndefined();
  });
});

describe('the lists', () => {
  type Row = Record<string, unknown>;
  async function listed(...args: readonly string[]): Promise<Row[]> {
    const [command, ...more] = args as [string, ...string[]];
    const predictions = await storedPredictions([street, empty]);
    const outcome = await runCli([command, predictions, '--strategy', 'margin', '--json', ...more]);
    expect(outcome.code, outcome.stderr).toBe(0);
    return JSON.parse(outcome.stdout) as Row[];
  }

  it('of boxes say which of its image each is, as they are stored', async () => {
    const rows = await listed('rank');
    expect(rows.map(({ box_index, label, second_label }) => [box_index, label, second_label])).toEqual([
      [1, 'cat', 'dog'],
      [2, 'bear', 'dog'],
    ]);
  });

  it('of images say which box the number comes from, with its classes and its own number', async () => {
    const [row, none] = (await listed('rank', '--level', 'images', '--aggregate', 'max')) as [Row, Row];
    expect(row).toMatchObject({
      boxes: 2,
      box_index: 2,
      label: 'bear',
      score: 0.3125,
      second_label: 'dog',
      second_score: 0.125,
    });
    expect([row['margin'], row['box_margin']]).toEqual([0.1875, 0.1875]);
    expect(none).toMatchObject({ boxes: 0, box_index: null, label: null, score: null, box_margin: null, margin: null });
  });

  it('of images name the box of greatest doubt where the number is made of all', async () => {
    const [row] = await listed('rank', '--level', 'images', '--aggregate', 'mean');
    expect(row).toMatchObject({ box_index: 1, label: 'cat', second_label: 'dog' });
    expect(row!['box_margin']).toBeCloseTo(0.02, 6);
    expect(row!['margin']).toBeCloseTo(0.10375, 6);
  });

  it('of a batch give reasons that people can read', async () => {
    const least = await listed('batch', '--aggregate', 'least-sure', '--empty', 'first');
    expect(least.map(({ reason }) => reason)).toEqual([
      '1st by margin; no box above 0.2',
      '2nd by margin (0.0200); cat 0.46 or dog 0.44, box 1',
    ]);
    const mean = await listed('batch', '--aggregate', 'mean');
    expect(mean.map(({ reason }) => reason)).toEqual([
      '1st by margin (0.104); in greatest doubt cat 0.46 or dog 0.44, box 1',
      '2nd by margin; no box above 0.2',
    ]);
  });
});
