import { QualmError } from '@qualm/types';
import type { TensorMap } from '@qualm/types';
import { knownLayout } from './known-layout.ts';

/** One image's part of a raw output. */
export interface OutputRow {
  readonly data: Float32Array;
  /** Where the image's part begins in `data`. */
  readonly offset: number;
  readonly shape: readonly number[];
}

/** A wanted shape: numbers are fixed, names are free. The first dimension is the batch. */
export type WantedShape = readonly (number | string)[];

/** The part of image `image` in output `name`, with its shape checked against `wanted`.
 * @throws QualmError `shape-mismatch`
 */
export function readOutput(
  head: string,
  outputs: TensorMap,
  name: string,
  image: number,
  wanted: WantedShape,
): OutputRow {
  const tensor = outputs[name];
  if (tensor === undefined) {
    const came = Object.keys(outputs).map((key) => `"${key}"`);
    throw mismatch(head, `output "${name}" is missing, came: ${came.join(', ') || 'none'}; check head.outputs`);
  }
  const { dtype, shape, data } = tensor;
  if (!(data instanceof Float32Array)) {
    throw mismatch(
      head,
      `output "${name}" is ${dtype}, expected float32 or float16; name the model's raw float output`,
    );
  }
  if (shape.length !== wanted.length || wanted.some((size, axis) => typeof size === 'number' && size !== shape[axis])) {
    const layout = knownLayout(head, shape, NaN) ?? "check head.outputs and the head's options";
    throw mismatch(head, `output "${name}" is [${shape}], expected [${wanted}]; ${layout}`);
  }
  if (image >= shape[0]!) {
    throw mismatch(
      head,
      `output "${name}" is [${shape}], too small for image ${image} of the batch; check input.batch`,
    );
  }
  return { data, offset: image * (data.length / shape[0]!), shape };
}

/** The outputs, where those of these names lack the batch dimension, as those of one image.
 * @param rank how many dimensions they have with it.
 */
export function batchOfOne(outputs: TensorMap, names: readonly string[], rank: number): TensorMap {
  const alone = names.filter((name) => outputs[name]?.shape.length === rank - 1);
  if (alone.length === 0) return outputs;
  const batched = alone.map((name) => [name, { ...outputs[name]!, shape: [1, ...outputs[name]!.shape] }] as const);
  return { ...outputs, ...Object.fromEntries(batched) };
}

/** @param advice what to do about it, where the head knows more than that labels are missing.
 * @throws QualmError `shape-mismatch` when the model has another number of foreground classes than
 * the spec has labels.
 */
export function assertLabels(
  head: string,
  name: string,
  shape: readonly number[],
  columns: number,
  labels: number,
  advice = 'list one label for each column in ModelSpec.labels',
): void {
  if (columns === labels) return;
  const layout = knownLayout(head, shape, labels);
  const counts = `so ${columns} foreground classes, the spec has ${labels} labels; ${advice}`;
  throw mismatch(head, `output "${name}" is [${shape}], ${layout ?? counts}`);
}

export function mismatch(head: string, message: string): QualmError {
  return new QualmError('shape-mismatch', `head ${head}: ${message}`);
}
