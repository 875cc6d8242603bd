import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Image } from '@qualm/types';
import type { InputSpec } from '@qualm/types';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { createPreprocessor } from '../src/create-preprocessor.ts';
import { coco, skipsCoco } from './coco.ts';

/** What fixtures/photographs/generate.py wrote. */
const { presets, images } = JSON.parse(
  readFileSync(new URL('../fixtures/photographs/digests.json', import.meta.url), 'utf8'),
) as {
  readonly presets: Readonly<Record<string, { readonly side: number }>>;
  readonly images: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The input of a spec that names a preset, as bytes. */
function inputOf(preset: string, side: number): InputSpec {
  const size = { width: side, height: side };
  const input = { preset, size, layout: 'nhwc', dtype: 'uint8' };
  const head = { type: 'classifier', outputs: { scores: 'y' } };
  const files = { model: 'm.onnx' };
  return toModelSpec({ specVersion: 1, name: preset, flavor: 'onnx', files, input, head, labels: 'voc-20' }, preset)
    .input;
}

describe.skipIf(skipsCoco)('photographs of COCO val2017', () => {
  it.each(Object.keys(presets))('%s makes the pixels that its library makes, of all of them', async (preset) => {
    const preprocessor = createPreprocessor(inputOf(preset, presets[preset]!.side), { threads: 0 });
    const batch = preprocessor.allocate(1);
    const others: string[] = [];
    for (const [name, digests] of Object.entries(images)) {
      await preprocessor.fill(Image.fromUri(join(coco, 'images', name)), batch, 0);
      const digest = createHash('sha256')
        .update(batch.data as Uint8Array)
        .digest('hex');
      if (!digest.startsWith(digests[preset]!)) others.push(name);
    }
    expect(others).toEqual([]);
    expect(Object.keys(images)).toHaveLength(206);
  });
});
