import { createTensor } from '@qualm/types';
import type { Backend, BackendModel, TensorMap } from '@qualm/types';
import type { ToyModels } from '../toys/toy-models.ts';
import { slowSize } from '../toys/toy-models.ts';
import type { BackendSuite } from './backend-suite.ts';

/** What every group of cases works with. */
export interface ToyBench extends BackendSuite {
  readonly repeats: number;
  readonly offThread: boolean;
  readonly toys: () => ToyModels;
  readonly backend: () => Backend;
  /** Gives a loaded toy to `use`; the next test that wants the same has the same. */
  readonly withModel: (file: string, use: (model: BackendModel) => Promise<void>) => Promise<void>;
}

/** One input `x` for the affine toy. */
export function affineInput(x: readonly number[]): TensorMap {
  return { x: createTensor('float32', [x.length / 3, 3], Float32Array.from(x)) };
}

/** One input `x` for the slow toy. */
export function slowInput(start = 0): TensorMap {
  return {
    x: createTensor(
      'float32',
      [1, slowSize.columns],
      Float32Array.from({ length: slowSize.columns }, (_, i) => start + i),
    ),
  };
}

/** Until timers, messages and whatever else waited had their turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What a promise is rejected with; `undefined` when it is fulfilled. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
