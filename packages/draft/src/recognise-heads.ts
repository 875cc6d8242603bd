import { toFloat16, widenFloat16 } from '@qualm/types';
import type { HeadGuess, Image, Tensor, TensorMap } from '@qualm/types';
import { guessesOf } from './guesses-of.ts';
import type { Declared } from './declared.ts';
import type { InputGuess, InputGuesses } from './input-guesses.ts';
import { outputsOfImage } from './try-hypotheses.ts';
import type { Running } from './try-hypotheses.ts';

/** What is recognised from. */
export interface Recognising {
  readonly inputs: InputGuesses;
  readonly declared: Declared;
  readonly images: readonly Image[];
}

/** What the heads see in the outputs of the first image, however its pixels are written; of noise
 * where there is no image.
 */
export async function recogniseHeads(
  { inputs, declared, images }: Recognising,
  running: Running,
): Promise<readonly HeadGuess[]> {
  const found = new Map<string, HeadGuess>();
  const [image] = images;
  for (const guess of image ? inputs.pixels : inputs.pixels.slice(0, 1)) {
    const raw = image ? await outputsOfImage(image, guess.input, running) : await ofNoise(guess, running);
    const outputs = Object.fromEntries(Object.entries(raw).map(([name, tensor]) => [name, widenFloat16(tensor)]));
    const facts = { outputs, size: guess.input.size, numLabels: declared.labels?.length ?? null, task: declared.task };
    for (const head of Object.values(running.heads))
      for (const recognised of guessesOf(running.heads, head, facts)) found.set(JSON.stringify(recognised), recognised);
  }
  return [...found.values()];
}

async function ofNoise({ input }: InputGuess, { model, vision, signal }: Running): Promise<TensorMap> {
  const batch = vision.createPreprocessor(input, { threads: 0 }).allocate(input.batch ?? 1);
  fillWithNoise(batch);
  return model.run({ [input.name!]: batch }, signal ? { signal } : {});
}

/** Of a linear congruential generator, so that each draft is the same. */
function fillWithNoise({ data, dtype }: Tensor): void {
  let state = 1;
  const isWhole = dtype !== 'float32' && dtype !== 'float16';
  const most = isWhole ? 255 : 1;
  for (let at = 0; at < data.length; at++) {
    state = (state * 16_807) % 2_147_483_647;
    const value = (state / 2_147_483_647) * most;
    data[at] = dtype === 'float16' ? toFloat16([value])[0]! : isWhole ? Math.floor(value) : value;
  }
}
