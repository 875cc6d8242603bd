import { describe, expect, it } from 'vitest';
import { rankPredictions } from '@qualm/selection';
import { namedRanking } from '../src/options/ranking-options.ts';
import { reportContents } from '../src/commands/report/report-contents.ts';
import { runCli } from './run-cli.ts';
import { storedPredictions } from './stored-predictions.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const equal = (image_id: string): { image_id: string; boxes: { box: [0, 0, 5, 5]; scores: [0.5, 0.25, 0] }[] } => ({
  image_id,
  boxes: [1, 2].map(() => ({ box: [0, 0, 5, 5], scores: [0.5, 0.25, 0] })),
});
const { signal } = new AbortController();

/** What each list has first, of predictions that were stored in this order. */
async function firstOf(order: readonly string[], seed?: number): Promise<Record<string, unknown>> {
  const predictions = await storedPredictions(order.map(equal), 3);
  const all = { predictions, strategy: 'margin', aggregate: 'least-sure', minScore: 0.2, empty: 'last', seed } as const;
  const ranking = await rankPredictions(predictions, { ...(await namedRanking(all, '.')), limit: 3, images: 3 });
  const report = async (by: 'box' | 'image'): Promise<string[]> => {
    const { pageCells } = await reportContents({ ...all, by, cells: 3 }, { cwd: '.', signal });
    return pageCells.map(({ cell }) => cell.image);
  };
  const seeded = seed === undefined ? [] : ['--seed', String(seed)];
  const batch = await runCli(['batch', predictions, '--count', '3', '--strategy', 'margin', '--json', ...seeded]);
  return {
    images: Array.from(ranking.images, ({ image_id }) => image_id),
    detections: Array.from(ranking.boxes, ({ image_id }) => image_id),
    batch: (JSON.parse(batch.stdout) as { image_id: string }[]).map(({ image_id }) => image_id),
    ...{ boxCells: await report('box'), imageCells: await report('image') },
  };
}

describe('equally unsure images', () => {
  it('come by their ids in every list, in whatever order the predictions were stored', async () => {
    const first = await firstOf(ids);
    expect(first).toEqual({
      ...{ images: ['a', 'b', 'c'], detections: ['a', 'a', 'b'], batch: ['a', 'b', 'c'] },
      ...{ boxCells: ['a.jpg', 'a.jpg', 'b.jpg'], imageCells: ['a.jpg', 'b.jpg', 'c.jpg'] },
    });
    expect(await firstOf(ids.toReversed())).toEqual(first);
  });

  it('come by chance where there is a seed, the same in every list and in whatever order they were stored', async () => {
    const first = await firstOf(ids, 5);
    expect(first['batch']).not.toEqual(['a', 'b', 'c']);
    expect(first['images']).toEqual(first['batch']);
    expect(first['imageCells']).toEqual((first['batch'] as string[]).map((id) => `${id}.jpg`));
    expect(await firstOf(ids.toReversed(), 5)).toEqual(first);
    expect((await firstOf(ids, 6))['batch']).not.toEqual(first['batch']);
  });

  it.each(['select', 'rank', 'render', 'report', 'serve', 'batch'])('%s takes --seed', async (command) => {
    const { stdout } = await runCli([command, '--help']);
    expect(stdout).toContain('--seed <n>');
  });
});
