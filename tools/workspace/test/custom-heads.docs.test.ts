import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testVectorHead } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { createVectorHead } from '@qualm/vision';
import * as vitest from 'vitest';
import { classAndPatches } from './class-and-patches.ts';

const { expect, it } = vitest;
const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/custom-heads.md'), 'utf8');
const blocks = [...page.matchAll(/^```(?:ts|typescript)\n(.*?)^```/gms)].map(([, code]) => code!);
const example = 'examples/custom-head';

it.each([
  ...['corners.ts', 'predict.ts', 'corners.test.ts'].map((name) => `${example}/${name}`),
  'tools/workspace/test/class-and-patches.ts',
])('docs/custom-heads.md has %s', (path) => {
  expect(blocks).toContain(readFileSync(join(root, path), 'utf8'));
});

const spec = {
  head: { type: 'class-and-patches', outputs: { tokens: 'y' } },
  input: {
    size: { width: 32, height: 32 },
    layout: 'nchw',
    dtype: 'float32',
    channels: 'rgb',
    resize: { mode: 'stretch' },
  },
} as const;
const y = createTensor('float32', [1, 3, 2], Float32Array.of(1, 2, 3, 5, 5, 6));

testVectorHead({
  ...{ vitest, createVectorHead, head: classAndPatches, options: spec.head },
  ...{ size: spec.input.size, outputs: { y } },
});

it('the head of docs/custom-heads.md puts the class token before the mean of the patches', () => {
  const { size } = spec.input;
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const head = createVectorHead(spec, { heads: { classAndPatches } });
  expect(head.decode({ y }, [geometry])).toEqual([Float32Array.of(1, 2, 4, 5.5)]);
});
