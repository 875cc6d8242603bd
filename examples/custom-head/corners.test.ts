import { testHead } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { createHead } from '@qualm/vision';
import * as vitest from 'vitest';
import { corners } from './corners.ts';

/** Four boxes of an input of 64 x 48, each with scores for two classes. */
const rows = [
  [4, 4, 20, 20, 0.9, 0.2],
  [5, 4, 21, 20, 0.8, 0.1],
  [30, 10, 60, 40, 0.25, 0.75],
  [2, 30, 12, 44, 0.3, 0.4],
];

testHead({
  vitest,
  createHead,
  head: corners,
  options: { type: 'corners', outputs: { predictions: 'predictions' }, units: 'pixels' },
  numLabels: 2,
  size: { width: 64, height: 48 },
  outputs: { predictions: createTensor('float32', [1, 4, 6], Float32Array.from(rows.flat())) },
});
