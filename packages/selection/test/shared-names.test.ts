import { margin } from '@qualm/strategies';
import type { ReportBox } from '@qualm/report';
import { expect, it } from 'vitest';
import { reportOf } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const labels = ['cat', 'dog', 'cat'].map((name, at) => ({ id: at + 1, name }));
const source = predictionsOf(
  [
    {
      id: 'a',
      boxes: [
        [0.5, 0.1, 0.4],
        [0.1, 0.3, 0.6],
      ],
    },
  ],
  { labels },
);

it('reportOf(source) tells classes that share a name apart, in boxes, rivals and cells', async () => {
  for (const by of ['box', 'image'] as const) {
    const { pageCells, pageOptions } = await reportOf(source, { by, strategy: margin });
    const name = (place: number | undefined) => pageOptions.labels[place!];
    expect(pageOptions.classes).toEqual(labels);
    const boxes = pageCells.flatMap(({ cell }) => cell.boxes as readonly ReportBox[]);
    expect(
      boxes.map(({ label, rivals }) => [name(label), ...rivals!.map((rival) => name(rival.label))]).sort(),
    ).toEqual([
      ['cat (1)', 'cat (3)', 'dog'],
      ['cat (3)', 'dog', 'cat (1)'],
    ]);
    const [first] = pageCells.map(({ cell }) => (by === 'box' ? cell : cell.deciding![0]!));
    expect([name(first!.label), name(first!.second)]).toEqual(['cat (1)', 'cat (3)']);
  }
});

it('reportOf(source, { against }) has shared names as they are: models are joined by names', async () => {
  const { pageOptions } = await reportOf(source, { against: source, strategy: margin });
  expect([...pageOptions.labels].sort()).toEqual(['cat', 'dog']);
});
