import { expect, it } from 'vitest';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { heads } from '@qualm/vision';
import { declaredBy } from '../src/declared.ts';
import { draftOfVectors } from '../src/draft-of-vectors.ts';
import { guessInput } from '../src/input-guesses.ts';

const about = { specVersion: 1, name: 'encoder', flavor: 'onnx', files: { model: 'encoder.onnx' } } as const;
const inputs = guessInput([{ name: 'images', dtype: 'float32', shape: [null, 3, 224, 224] }], declaredBy({}), true);

it.each([
  ['image_embeds', undefined, 'clip'],
  ['pooler_output', undefined, 'imagenet-timm-bicubic'],
  ['last_hidden_state', 'first', 'imagenet-timm-bicubic'],
])('drafts an encoder whose output is %s, and says what nobody can see in it', (output, pool, preset) => {
  const head = { type: 'embedding', outputs: { embedding: output }, ...(pool && { pool }) };
  const draft = draftOfVectors(about, inputs, { head, numLabels: 0 });
  expect(draft.written).toEqual({
    ...about,
    input: { name: 'images', size: { width: 224, height: 224 }, layout: 'nchw', dtype: 'float32', preset },
    head,
  });
  expect(toModelSpec(draft.written, 'draft', { heads })).toEqual(draft.hypotheses[0].spec);
  expect(draft.guessed.at(-1)).toContain(`by the preset ${preset}, as the output's name suggests`);
});
