import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Label, RowMeaning } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { choiceNotes, rankPredictions } from '@qualm/selection';
import type { Ranking } from '@qualm/selection';
import { namedRanking } from '../src/options/ranking-options.ts';
import { runCli, temporaryFolder } from './run-cli.ts';
import { animals, storedPredictions } from './stored-predictions.ts';
import type { StoredImage } from './stored-predictions.ts';

const place = [0, 0, 5, 5] as const;
const scored = (image_id: string, ...boxes: number[][]): StoredImage => ({
  image_id,
  boxes: boxes.map((scores) => ({ box: place, scores })),
});
const lone = (image_id: string, ...scores: number[]): StoredImage => ({
  image_id,
  boxes: scores.map((score) => ({ box: place, score, label_id: 1 })),
});

type Meaning = Partial<RowMeaning> & { readonly labels?: readonly Label[] };
const independent: Meaning = { scoreKind: 'independent', task: 'detection' };
const distribution: Meaning = { scoreKind: 'distribution', task: 'detection' };

async function ranked(
  images: readonly StoredImage[],
  meaning: Meaning,
  asked: { readonly strategy?: string; readonly aggregate?: string; readonly minScore?: number } = {},
): Promise<Ranking> {
  const predictions = await storedPredictions(images, 256, meaning);
  const named = await namedRanking({ predictions, minScore: 0.2, empty: 'last', ...asked }, '.');
  return rankPredictions(predictions, { ...named, limit: 100 });
}

const idsOf = ({ images }: Ranking): unknown[] => images.columns()['image_id']!;
const boxesOf = ({ boxes }: Ranking): unknown[] => boxes.columns()['image_id']!;
const column = ({ images }: Ranking, name: string): unknown[] => images.columns()[name]!;

describe('a ranking nobody chose', () => {
  it('is by margin for a distribution, and of images by the sum of what is left of it', async () => {
    const images = [scored('sure', [0.875, 0.125, 0]), scored('two', [0.5, 0.375, 0], [0.5, 0.375, 0])];
    const ranking = await ranked(images, distribution);
    expect(ranking.choice).toMatchObject({ aggregation: { name: 'sum' }, imageColumn: 'marginUncertainty' });
    expect(choiceNotes(ranking.choice)).toEqual([]);
    expect(ranking.boxes.columns()['margin']).toEqual([0.125, 0.125, 0.75]);
    expect(idsOf(ranking)).toEqual(['two', 'sure']);
    expect(column(ranking, 'marginUncertainty')).toEqual([1.75, 0.25]);
  });

  it('is by the entropies of labels for independent scores, of boxes and images', async () => {
    const half = Math.LN2;
    const ranking = await ranked([scored('a', [0.5, 0.5, 0]), scored('b', [1, 0, 0], [0.5, 0, 0])], independent);
    expect(ranking.choice).toMatchObject({ aggregation: { name: 'sum' }, imageColumn: 'entropyPerLabelSum' });
    expect(choiceNotes(ranking.choice)).toEqual([]);
    expect(column(ranking, 'entropyPerLabelSum')).toEqual([2 * half, half].map((value) => expect.closeTo(value, 12)));
    expect(ranking.choice.imageWords).toBe('the sum of label entropies over its boxes: is each label there or not?');
  });

  it('is said to be a guess where predictions do not say what their scores are', async () => {
    const { choice } = await ranked([scored('a', [0.5, 0.25, 0])], {});
    expect(choice.strategy.name).toBe('margin');
    expect(choiceNotes(choice)).toEqual([
      expect.stringContaining('do not say whether their scores are one distribution'),
    ]);
  });
});

it('--aggregate sum is refused where small numbers are least sure and nobody knows how large they get', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'mine.mjs'), 'export const gap = { name: "gap", order: "ascending", score: (p) => p[0] };');
  const folder = await storedPredictions([scored('a', [0.5, 0.25, 0])], 256, distribution);
  const asked = ['rank', folder, '--strategy', './mine.mjs#gap'];
  expect((await runCli([...asked, '--level', 'images'], { cwd })).stdout).toContain('gap');
  const { code, stderr } = await runCli([...asked, '--aggregate', 'sum'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('small numbers of gap are least sure') });
});

describe('one score of each box', () => {
  const cat = [{ id: 1, name: 'cat' }];
  const images: [string, number][] = [
    ['low', 0.25],
    ['half', 0.5],
    ['sure', 0.9375],
  ];
  const strategies = [
    'label-entropy',
    'label-margin',
    'margin',
    'entropy',
    'ratio',
    'gini',
    'normalized-entropy',
    'least-confidence',
    'presence',
  ];

  it.each(strategies)('%s ranks a detector of one class by [s, 1 - s], in both forms alike', async (strategy) => {
    const oneClass = { ...independent, labels: cat };
    const scores = await ranked(
      images.map(([id, s]) => scored(id, [s])),
      oneClass,
      { strategy },
    );
    const detections = await ranked(
      images.map(([id, s]) => lone(id, s)),
      oneClass,
      { strategy },
    );
    for (const ranking of [scores, detections]) {
      expect(boxesOf(ranking)).toEqual(['half', 'low', 'sure']);
      expect(idsOf(ranking)).toEqual(['half', 'low', 'sure']);
      expect(choiceNotes(ranking.choice)).toEqual([]);
    }
    const { name } = scores.choice.strategy;
    expect(scores.boxes.columns()[name]).toEqual(detections.boxes.columns()[name]);
  });

  it('of many classes is told to be one, since all of them may rank otherwise', async () => {
    const { choice } = await ranked([lone('a', 0.5)], independent, { strategy: 'margin' });
    expect(choiceNotes(choice)).toEqual([expect.stringContaining('margin is that of [s, 1 - s]')]);
  });

  it.each([
    ['margin', 'the faintest boxes come first'],
    ['entropy', 'takes them for one distribution'],
    ['normalized-gini', 'normalized Gini impurity takes them'],
  ])('%s of independent scores says what it makes of them', async (strategy, words) => {
    const { choice } = await ranked([scored('a', [0.5, 0.25, 0])], independent, { strategy });
    expect(choiceNotes(choice)).toEqual([expect.stringContaining(words)]);
  });
});

describe('what a threshold leaves out', () => {
  it('is counted: boxes, and images that are left without one', async () => {
    const { counts } = await ranked([scored('a', [0.5, 0, 0], [0.1, 0, 0]), scored('b', [0.1, 0, 0])], independent);
    expect(counts).toMatchObject({ images: 2, boxes: 1, belowMinScore: 2, withoutBoxes: 1 });
  });

  it('is nothing of a classifier, whose least sure images would be the first to go', async () => {
    const images = [scored('sure', [0.875, 0.125, 0]), scored('open', [0.125, 0.1, 0.1])];
    const ranking = await ranked(images, { scoreKind: 'distribution', task: 'classification' });
    expect(idsOf(ranking)).toEqual(['open', 'sure']);
    expect(ranking.counts).toMatchObject({ boxes: 2, belowMinScore: 0, withoutBoxes: 0 });
    expect(ranking.choice).toMatchObject({ aggregation: { name: 'leastSure' }, imageColumn: 'margin' });
  });

  it('when they were predicted is told', async () => {
    const { choice } = await ranked([lone('a', 0.75)], { ...independent, minScore: 0.5 });
    expect(choiceNotes(choice)).toContainEqual(
      expect.stringContaining('boxes below 0.5 were left out when these were predicted'),
    );
  });

  it('is said on stderr by rank', async () => {
    const folder = await storedPredictions([scored('a', [0.5, 0.25, 0]), scored('b', [0.1, 0, 0])], 256, distribution);
    const { stderr } = await runCli(['rank', folder]);
    expect(stderr).toContain('1 box below 0.2 (--min-score) is not counted');
    expect(stderr).toContain('1 image has no box of 0.2 or more and comes last (--empty)');
  });
});

describe("a strategy of one's own", () => {
  async function rankBy(source: string, exported: string, images: readonly StoredImage[]): ReturnType<typeof runCli> {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'mine.mjs'), source);
    const folder = await storedPredictions(images, 256, distribution);
    return runCli(['rank', folder, '--level', 'images', '--strategy', `./mine.mjs#${exported}`], { cwd });
  }
  const some = [scored('a', [0.5, 0.25, 0]), scored('b', [0.75, 0.25, 0])];

  it('that gives NaN for every box is an error that names it', async () => {
    const { code, stderr } = await rankBy('export const bad = (scores) => scores[0] / undefined;', 'bad', some);
    expect(stderr).toContain('bad gives NaN for 2 boxes, a number for none');
    expect(code).toBe(2);
  });

  it.each([
    ['a string', '() => "0.5"', 'gives "0.5" for the scores [0.75, 0.25]; expected a number'],
    ['undefined', '() => undefined', 'gives undefined for the scores'],
    [
      'a strategy',
      '() => ({ name: "x", order: "ascending", score: () => 1 })',
      'it may make a strategy instead of being one',
    ],
  ])('that gives %s is refused', async (_, code, words) => {
    const outcome = await rankBy(`export const mine = ${code};`, 'mine', some);
    expect(outcome.stderr).toContain(words);
    expect(outcome.code).toBe(2);
  });

  it('that gives NaN for some boxes ranks their images after the others, and before images without a box', async () => {
    const images = [scored('empty'), scored('odd', [0.75, 0.25, 0]), scored('fine', [0.5, 0.25, 0])];
    const source = 'export const some = (scores) => (scores[0] > 0.6 && scores.length > 2 ? NaN : scores[1]);';
    const { stdout, stderr } = await rankBy(source, 'some', images);
    expect(
      stdout
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[1]),
    ).toEqual(['fine', 'odd', 'empty']);
    expect(stderr).toContain('some is NaN for 1 box, which comes last with its image');
  });
});

it('perLabel of the strategies makes a score and is none', async () => {
  const asked = {
    strategy: '@qualm/strategies#perLabel',
    minScore: 0.2,
    empty: 'last',
    predictions: '/nowhere',
  } as const;
  await expect(namedRanking(asked, '.')).rejects.toThrow(/perLabel.*it may make a strategy/);
  expect(animals).toHaveLength(3);
});
