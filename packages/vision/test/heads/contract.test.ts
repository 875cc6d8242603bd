import { testHead } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import * as vitest from 'vitest';
import { createHead, heads } from '../../src/index.ts';
import { headCases, tensorsOf } from './fixture.ts';

// The rows of a head that keeps twins have no class scores.
const cases = headCases().filter(({ head }) => head['duplicates'] !== 'keep');
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

vitest.it('every head keeps it', () => {
  const types = new Set([...cases.map(({ head }) => head.type), 'classifier']);
  vitest.expect([...types].sort()).toEqual(Object.keys(heads).sort());
});
