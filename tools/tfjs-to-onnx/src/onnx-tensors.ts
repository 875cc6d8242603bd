import type { OnnxInitializer } from '@qualm/testkit';
import type { Weight } from './read-weights.ts';

/** 64-bit integers, as a vector or as one scalar. */
export function intsTensor(name: string, values: readonly number[], scalar = false): OnnxInitializer {
  return { name, dtype: 'int64', shape: scalar ? [] : [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** Floats of the given shape. */
export function floatsTensor(name: string, shape: readonly number[], data: Float32Array): OnnxInitializer {
  return { name, dtype: 'float32', shape, data };
}

/** A weight as it is, integers widened. */
export function weightTensor(name: string, { shape, data }: Weight): OnnxInitializer {
  return data instanceof Float32Array
    ? { name, dtype: 'float32', shape, data }
    : { name, dtype: 'int64', shape, data: BigInt64Array.from(data, BigInt) };
}

/** A filter from TF's [height, width, in, out] to ONNX's [out, in, height, width]. */
export function filterToOnnx({ shape, data }: Weight): Pick<Weight, 'shape'> & { readonly data: Float32Array } {
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  const out = new Float32Array(data.length);
  for (let position = 0, at = 0; position < height * width; position++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++, at++) out[(o * inputs + i) * height * width + position] = data[at]!;
    }
  }
  return { shape: [outputs, inputs, height, width], data: out };
}

/** A depthwise filter from TF's [height, width, in, multiplier] to ONNX's [in * multiplier, 1,
 * height, width].
 */
export function depthwiseFilterToOnnx({ dtype, shape, data }: Weight): ReturnType<typeof filterToOnnx> {
  const [height, width, inputs, multiplier] = shape as [number, number, number, number];
  return filterToOnnx({ dtype, shape: [height, width, 1, inputs * multiplier], data });
}
