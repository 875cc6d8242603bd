import { leastSure, margin } from '@qualm/strategies';
import { expect, it } from 'vitest';
import { pageCells, reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';
import type { ReportBox, ReportCell } from '@qualm/report';

const scores = [
  [0.3, 0.36, 0.34],
  [0.9, 0.06, 0.04],
];
const predictions = predictionsOf([{ id: 'a', boxes: scores }]);

function boxesOf({ boxes }: ReportCell): readonly ReportBox[] {
  return boxes as readonly ReportBox[];
}

it('boxes of an image have their rivals by name, and their own numbers', async () => {
  const { pageCells: cells, pageOptions } = await reportOf(predictions, { by: 'image', strategy: margin });
  const { labels } = pageOptions;
  const torn = boxesOf(cells[0]!.cell).find(({ box }) => box === 0)!;
  expect([torn.label!, ...torn.rivals!.map(({ label }) => label)].map((place) => labels[place])).toEqual([
    ...['dog', 'bear', 'cat'],
  ]);
  expect(torn.rivals!.map(({ score }) => score)).toEqual([Math.fround(0.34), Math.fround(0.3)]);
  expect(torn.values![0]).toBeCloseTo(0.02, 6);
  expect(torn.values).toHaveLength(pageOptions.strategies.length);
  expect(pageOptions.strategies[0]).toEqual({
    ...{ name: 'marginUncertainty', order: 'descending', box: { name: 'margin', order: 'ascending' } },
  });
});

it('a cell that is a box has the numbers once, and its rivals', async () => {
  const { pageCells: cells, pageOptions } = await reportOf(predictions, { by: 'box', strategy: margin });
  const [box] = boxesOf(cells[0]!.cell);
  expect(box!.rivals).toHaveLength(2);
  expect(box).not.toHaveProperty('values');
  expect(pageOptions.strategies[0]).toEqual({ name: 'margin', order: 'ascending' });
});

it('a page of many cells has three classes of the boxes that decide, and two of the others', async () => {
  const { cells } = await reportOf(predictions, { by: 'image', strategy: margin, aggregate: leastSure });
  const { cells: many } = pageCells(
    Array.from({ length: 5001 }, () => cells[0]!),
    'image',
  );
  const rivals = new Map(boxesOf(many[5000]!.cell).map(({ box, rivals: list }) => [box, list!.length]));
  const decides = new Set(cells[0]!.deciding.map(({ box }) => box.place));
  expect(Object.fromEntries(rivals)).toEqual({ 0: decides.has(0) ? 2 : 1, 1: decides.has(1) ? 2 : 1 });
  expect(decides).toEqual(new Set([0]));
});

it('a box that decides is drawn among the two hundred, however little it scores', async () => {
  const sure = Array.from({ length: 250 }, () => [0.98, 0.01, 0.01]);
  const crowded = predictionsOf([{ id: 'a', boxes: [...sure, [0.3, 0.29, 0.2]] }]);
  const { pageCells: cells } = await reportOf(crowded, { by: 'image', strategy: margin, aggregate: leastSure });
  const boxes = boxesOf(cells[0]!.cell);
  expect(boxes).toHaveLength(200);
  expect(boxes.map(({ box }) => box)).toContain(250);
});
