import { testHead, testVectorHead } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import * as vitest from 'vitest';
import { createHead, createVectorHead, heads } from '../../src/index.ts';
import { headCases, readShapes, tensorsOf } from './fixture.ts';

// The rows of a head that keeps twins have no class scores, and the contract has ids of its own.
const cases = [...headCases(), ...readShapes().cases].filter(
  ({ head }) => head['duplicates'] !== 'keep' && head['classes'] !== 'id',
);
for (const { name, head, labels, size, outputs } of cases) {
  const [definition] = Object.values(heads).filter(({ type }) => type === head.type);
  const given = { options: head, numLabels: labels.length, size, outputs: tensorsOf(outputs) };
  testHead({ vitest, name, createHead, head: definition!, ...given });
}

const logits: TensorMap = { scores: createTensor('float32', [1, 4], Float32Array.of(1, -2, 3, 0.5)) };
for (const activation of ['softmax', 'sigmoid'])
  testHead({
    ...{ vitest, name: `classifier with ${activation}`, createHead, head: heads.classifier },
    options: { type: 'classifier', outputs: { scores: 'scores' }, activation },
    ...{ numLabels: 4, size: { width: 64, height: 48 }, outputs: logits },
  });

const numbers = Float32Array.from({ length: 24 }, (_, place) => Math.sin(place));
for (const [pool, shape] of [
  [undefined, [1, 24]],
  ['first', [1, 4, 6]],
  ['mean', [1, 6, 2, 2]],
  ['none', [1, 6, 2, 2]],
] as const)
  testVectorHead({
    ...{ vitest, name: `embedding of [${shape}]`, createVectorHead, head: heads.embedding },
    options: { type: 'embedding', outputs: { embedding: 'y' }, ...(pool && { pool }) },
    ...{ size: { width: 32, height: 32 }, outputs: { y: createTensor('float32', [...shape], numbers) } },
  });

vitest.it('every head keeps it', () => {
  const types = new Set([...cases.map(({ head }) => head.type), 'classifier', 'embedding']);
  vitest.expect([...types].sort()).toEqual(Object.keys(heads).sort());
});
