import { describe, expect, it } from 'vitest';
import { chooseBatch, comparedImages, rankPredictions } from '../src/index.ts';
import type { BatchOptions } from '../src/index.ts';
import { predictionsOf } from './predictions-of.ts';

const images = Array.from({ length: 12 }, (_, at) => ({
  id: String(at).padStart(2, '0'),
  uri: `/nowhere/video-${at % 3}/${at}.jpg`,
  boxes: [at % 2 ? [0.5 - at / 64, 0.5 + at / 64, 0] : [0.5 + at / 64, 0.5 - at / 64, 0]],
}));

async function picked(options: BatchOptions): Promise<ReturnType<typeof chooseBatch>> {
  return chooseBatch(await rankPredictions(predictionsOf(images)), options);
}

describe('chooseBatch(ranking, options)', () => {
  it('takes the images that come first, and says why', async () => {
    const { images: batch, unmet, groups } = await picked({ count: 2 });
    expect(Array.from(batch, ({ rank, image_id }) => [rank, image_id])).toEqual([
      [1, '00'],
      [2, '01'],
    ]);
    expect(batch.at(0)!.reason).toBe('1st by marginUncertainty (1.00); cat 0.50 or dog 0.50, box 0');
    expect([unmet, groups]).toEqual([[], null]);
    expect(Object.keys(batch.types)).not.toContain('error');
  });

  it('spreads over folders, and over what a pattern finds', async () => {
    const ofFolders = await picked({ count: 6, groupBy: 'folder' });
    expect(ofFolders.groups).toEqual({ count: 3, maxPerGroup: 2 });
    const byPattern = await picked({ count: 6, groupBy: /video-(\d)/g });
    expect(byPattern.images.length).toBe(3);
    expect(Array.from(byPattern.images, ({ group }) => group).sort()).toEqual(['0', '1', '2']);
  });

  it('keeps to a budget, to quotas and to what is not labelled yet', async () => {
    const cheap = await picked({ count: 9, budget: 10, costPerImage: 2, costPerBox: 1 });
    expect(Array.from(cheap.images, ({ cost }) => cost)).toEqual([3, 3, 3]);
    const quotas = { dog: { min: 2, max: 3 } };
    expect((await picked({ count: 2, quotas, budget: 1 })).unmet).toEqual([{ class: 'dog', wanted: 2, picked: 1 }]);
    const isLabelled = ({ image_id }: { readonly image_id: string | number }): boolean => image_id === '00';
    expect(Array.from((await picked({ count: 1, isLabelled })).images, ({ image_id }) => image_id)).toEqual(['01']);
  });

  /** Images of one video look alike: its vectors point one way, but for a hair. */
  const vectors = new Map(images.map(({ id }, at) => [id, [Number(at % 3 === 0), Number(at % 3 === 1), at / 1000]]));
  const vectorOf = ({ image_id }: { readonly image_id: string | number }): number[] | null =>
    vectors.get(String(image_id)) ?? null;

  it('takes images that differ, of the least sure ones, and says how far they are apart', async () => {
    const alike = await picked({ count: 3 });
    expect(Array.from(alike.images, ({ image_id }) => image_id)).toEqual(['00', '01', '02']);
    const { images: batch } = await picked({ count: 3, diverse: { vectorOf, candidates: 6 } });
    expect(new Set(Array.from(batch, ({ image_id }) => Number(image_id) % 3)).size).toBe(3);
    expect(batch.at(0)).toMatchObject({ image_id: '00', distance: Infinity });
    expect(batch.at(1)!.distance).toBeCloseTo(1, 1);
    expect(batch.at(1)!.reason).toMatch(/^1\.00 from the nearest labelled or picked image: \d\w\w by margin/);
    expect(batch.columns()['distance']).toHaveLength(3);
    expect(Object.keys(batch.types)).toContain('distance');
  });

  it('takes none that is like a labelled one before those that are not, and none without a vector', async () => {
    const isLabelled = ({ image_id }: { readonly image_id: string | number }): boolean => image_id === '00';
    const two = await picked({ count: 2, isLabelled, diverse: { vectorOf } });
    expect(Array.from(two.images, ({ image_id }) => Number(image_id) % 3).sort()).toEqual([1, 2]);
    const some = {
      vectorOf: (image: { readonly image_id: string | number }) => (image.image_id === '07' ? [1] : null),
    };
    expect(Array.from((await picked({ count: 2, diverse: some })).images, ({ image_id }) => image_id)).toEqual(['07']);
  });

  it.each(['typical', 'coverage'] as const)('takes images that stand for others, by %s', async (method) => {
    const { images: batch } = await picked({ count: 3, diverse: { vectorOf, method } });
    expect(new Set(Array.from(batch, ({ image_id }) => Number(image_id) % 3)).size).toBe(3);
    expect(batch.at(0)!.reason).toMatch(
      method === 'typical' ? /^the most typical image left/ : /^covers \d+ images? within/,
    );
    expect(Object.keys(batch.types)).not.toContain('distance');
    expect(batch.at(0)).not.toHaveProperty('distance');
  });

  it('compares by Euclidean distance where that is asked for', async () => {
    const long = ({ image_id }: { readonly image_id: string | number }): number[] => [1 + Number(image_id), 0];
    const asked = { vectorOf: long, candidates: 12, metric: 'euclidean' } as const;
    const { images: batch } = await picked({ count: 2, diverse: asked });
    expect(Array.from(batch, ({ image_id, distance }) => [image_id, distance])).toEqual([
      ['00', Infinity],
      ['11', 11],
    ]);
  });

  it('compares the candidates and the labelled images, no others', async () => {
    const ranking = await rankPredictions(predictionsOf(images));
    const isLabelled = ({ image_id }: { readonly image_id: string | number }): boolean => image_id === '11';
    const compared = comparedImages(ranking, { count: 1, candidates: 3, isLabelled });
    expect(compared.map(({ image_id }) => image_id)).toEqual(['00', '01', '02', '11']);
    expect(comparedImages(ranking, { count: 1 })).toHaveLength(10);
  });

  it('refuses least numbers of images that are more than the batch', async () => {
    await expect(picked({ count: 1, quotas: { cat: { min: 2, max: 3 } } })).rejects.toMatchObject({
      code: 'options-invalid',
      message: 'quotas: the minimums add up to 2; the count is 1',
    });
  });

  it.each([
    [{ count: -1 }, 'chooseBatch: count is -1; expected a whole number from 1'],
    [
      { count: 1, diverse: { vectorOf: () => Promise.resolve([1]) } },
      'what diverse.vectorOf gives is a promise; await it; expected a list of numbers, or null',
    ],
    [{ count: 1, diverse: 'clip' }, 'chooseBatch: diverse is "clip"; expected'],
    [
      { count: 1, diverse: { vectorOf: () => [1], method: 'far' } },
      'chooseBatch: diverse.method is "far"; expected \'k-center\'',
    ],
    [{ count: 1, groupBy: 'folder', diverse: { vectorOf: () => [1], method: 'typical' } }, 'goes with no groups'],
    [{ count: 1, groupBy: 'video' }, 'chooseBatch: groupBy is "video"; expected \'folder\' or a pattern'],
  ])('refuses %j', async (options, message) => {
    await expect(picked(options as BatchOptions)).rejects.toThrow(message);
  });
});
