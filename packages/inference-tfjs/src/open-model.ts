import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@qualm/types';

/** What graph models and layers models have in common. */
export interface OpenModel {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** The outputs asked for, in that order. */
  run(inputs: Readonly<Record<string, TfTensor>>, outputs: readonly string[]): Promise<TfTensor[]>;
  dispose(): void;
}
