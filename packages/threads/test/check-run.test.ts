import { createTensor, tensorStorage } from '@qualm/types';
import type { TensorInfo } from '@qualm/types';
import { expect, it } from 'vitest';
import { checkRun } from '../src/check-run.ts';

const known: readonly TensorInfo[] = [{ name: 'x', dtype: 'float32', shape: [null, 3] }];
const x = createTensor('float32', [1, 3]);

it('checkRun lets through what fits, of free dimensions too', () => {
  expect(() => checkRun(known, { x }, [])).not.toThrow();
  expect(() => checkRun(known, { x: createTensor('float32', [7, 3]) }, ['any'])).not.toThrow();
});

it.each([
  [{ z: x }, 'run: input "z" came, the model has "x"; check the input names of ModelSpec'],
  [{}, 'run: input "x" is missing, the model needs it as float32 [*,3]'],
  [{ x: createTensor('int32', [1, 3]) }, 'run: input "x" is int32 [1,3], the model needs float32 [*,3]'],
  [{ x: createTensor('float32', [1, 4]) }, 'run: input "x" is float32 [1,4], the model needs float32 [*,3]'],
  [{ x: { ...x, shape: [-1, 3] } }, 'run: input "x" is float32 [-1,3], the model needs float32 [*,3]'],
  [{ x: { ...x, data: new Float32Array(2) } }, 'run: input "x" [1,3] has 2 elements of Float32Array, expected 3'],
  [{ x: { ...x, data: new tensorStorage.int32(3) } }, '[1,3] has 3 elements of Int32Array, expected 3 of Float32Array'],
  [{ x: { ...x, data: [1, 2, 3] } }, 'run: input "x" is not a tensor; the model needs float32 [*,3]: createTensor('],
])('checkRun refuses %j', (inputs, message) => {
  expect(() => checkRun(known, inputs as never, [])).toThrow(message);
});
