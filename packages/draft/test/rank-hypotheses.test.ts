import { expect, it } from 'vitest';
import { createTensor, Detections, Image, QualmError } from '@qualm/types';
import type { BackendModel, HeadDefinition, ModelSpec, Preprocessor, Vision } from '@qualm/types';
import { rankHypotheses } from '../src/rank-hypotheses.ts';
import type { Hypothesis } from '../src/rank-hypotheses.ts';
import type { DraftProgress } from '../src/draft-model-spec.ts';
import type { InputGuesses } from '../src/input-guesses.ts';

const size = { width: 32, height: 32 };
const fits: InputGuesses['fits'] = [0, 1, 2, 3].map((pad) => ({
  resize: { mode: 'letterbox', anchor: 'center', pad },
  words: `pad ${pad}`,
}));

/** Ways to write pixels that are told apart by their mean. */
function pixelsOf(count: number): InputGuesses['pixels'] {
  return Array.from({ length: count }, (_, mean) => ({
    input: {
      ...{ name: 'x', size, layout: 'nchw', dtype: 'float32', channels: 'rgb', resize: fits[0]!.resize },
      mean: [mean, mean, mean],
    },
    words: `pixels ${mean}`,
  }));
}

interface Ranked {
  readonly hypotheses: readonly Hypothesis[];
  readonly runs: number;
  readonly progress: readonly DraftProgress[];
}

/** Ranks readings of which each finds one box in the middle, which is the same in the mirror image
 * and in the moved one, with the score that `scoreOf` gives; null is refused.
 */
async function rank(
  scoreOf: (mean: number, pad: number) => number | null,
  { numPixels = 8, numImages = 16, concurrency = 1 } = {},
): Promise<Ranked> {
  let runs = 0;
  const progress: DraftProgress[] = [];
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const preprocessor: Preprocessor = {
    allocate: () => createTensor('float32', [1, 3, 32, 32], new Float32Array(3 * 32 * 32)),
    fill: () => Promise.resolve(geometry),
  };
  const vision: Pick<Vision, 'createPreprocessor' | 'createHead'> = {
    createPreprocessor: () => preprocessor,
    createHead: (({ input }: Pick<ModelSpec, 'input'>) => {
      const score = scoreOf(input.mean![0], (input.resize as { readonly pad: number }).pad);
      const decode = (): Detections[] => {
        if (score === null) throw new QualmError('output-invalid', 'refused');
        return [new Detections(Float32Array.of(0, 0, 32, 32), Float32Array.of(score), Int32Array.of(0))];
      };
      return { decode };
    }) as unknown as Vision['createHead'],
  };
  const model = {
    concurrency,
    run: () => Promise.resolve((runs++, {})),
  } as unknown as BackendModel;
  const hypotheses = await rankHypotheses(
    {
      about: { specVersion: 1, name: 'm', flavor: 'onnx', files: { model: 'm.onnx' } },
      inputs: { pixels: pixelsOf(numPixels), fits, known: [], guessed: [] },
      recognised: [{ head: { type: 'boxes' }, numLabels: 1 }],
      labelsOf: () => [{ id: 0, name: 'thing' }],
      images: Array.from({ length: numImages }, (_, at) => Image.fromUri(`${at}.jpg`)),
      isClassifier: false,
      onProgress: (one) => progress.push(one),
    },
    {
      ...{ model, vision: vision as Vision },
      heads: { boxes },
    },
  );
  return { hypotheses, runs, progress };
}

const boxes = {
  ...{ type: 'boxes', schema: { type: 'object', properties: {}, additionalProperties: false }, defaults: {} },
  createReader: () => undefined,
} as unknown as HeadDefinition;

/** How it is ranked when all of it is tried. */
const better = (mean: number, pad: number): number => 0.9 ** Math.abs(mean - 3) * 0.98 ** Math.abs(pad - 2);

it('rankHypotheses puts the reading of most evidence first, tried on all images', async () => {
  const { hypotheses } = await rank(better);
  expect(hypotheses[0]).toMatchObject({ words: 'pixels 3; pad 2; head boxes', numImages: 16 });
  expect(hypotheses).toHaveLength(8 + 3 * 3);
});

it('rankHypotheses halves what goes on, and runs no image twice for an input', async () => {
  const { hypotheses, runs } = await rank(better);
  expect(runs).toBe(3 * hypotheses.reduce((sum, { numImages }) => sum + numImages, 0));
  expect(runs).toBeLessThanOrEqual(3 * (8 * 4 + 12 * 4 + 6 * 4 + 3 * 8));
  const tried = hypotheses.slice(0, 12).map(({ numImages }) => numImages);
  expect(tried).toEqual(tried.toSorted((a, b) => b - a));
});

it('rankHypotheses drops what is far behind after two images, and ends where one is left', async () => {
  const { hypotheses } = await rank((mean, pad) => (mean === 5 && pad === 0 ? 0.9 : 0.2));
  expect(hypotheses[0]!.words).toBe('pixels 5; pad 0; head boxes');
  expect(hypotheses.map(({ numImages }) => numImages)).toEqual(new Array(11).fill(2));
});

it('rankHypotheses keeps readings apart that have nothing to tell them apart', async () => {
  const { hypotheses } = await rank(() => 0.5, { numPixels: 2 });
  expect(hypotheses.slice(0, 3).map(({ numImages }) => numImages)).toEqual([16, 16, 16]);
  expect(hypotheses[0]!.words).toBe('pixels 0; pad 0; head boxes');
});

it('rankHypotheses lists readings that a head refuses last, also where it refuses all', async () => {
  const { hypotheses } = await rank((mean, pad) => (mean === 0 ? null : better(mean, pad)), { numPixels: 4 });
  expect(hypotheses.at(-1)).toMatchObject({ evidence: null, numImages: 2 });
  const none = await rank(() => null, { numPixels: 4 });
  expect(none.hypotheses.map(({ evidence }) => evidence)).toEqual([null, null, null, null]);
});

it.each([1, 2, 3, 5, 16])('rankHypotheses tries %i images, each once a reading', async (numImages) => {
  const { hypotheses } = await rank(better, { numImages });
  expect(hypotheses[0]).toMatchObject({ words: 'pixels 3; pad 2; head boxes', numImages });
});

it('rankHypotheses says the same whatever the number of sessions', async () => {
  const words = async (concurrency: number): Promise<string[]> =>
    (await rank(better, { concurrency })).hypotheses.map((one) => one.words);
  expect(await words(4)).toEqual(await words(1));
});

it('rankHypotheses tells how far it is: never less than before, and to the end', async () => {
  const { progress } = await rank(better);
  expect(progress.map(({ done }) => done)).toEqual(progress.map((_, at) => at + 1));
  const totals = progress.map(({ total }) => total);
  expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  expect(progress.at(-1)!.total).toBe(progress.length);
});
