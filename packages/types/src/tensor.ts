/** Which typed array holds each element type. `float16` is kept as raw bits, `bool` as bytes 0 and
 * 1.
 */
export interface TensorStorage {
  float32: Float32Array;
  float64: Float64Array;
  float16: Uint16Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
}

export type DType = keyof TensorStorage;

/** Numbers in row-major order. `data.length` is the product of `shape`. */
export interface Tensor<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: TensorStorage[D];
}

/** Tensors by the name of a model's input or output. */
export type TensorMap = Readonly<Record<string, Tensor>>;

/** What a model says of one input or output; `null` marks a dimension that is free. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly (number | null)[];
}

/** The constructor of each element type's storage. */
export const tensorStorage: {
  readonly [D in DType]: {
    new (length: number): TensorStorage[D];
    new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TensorStorage[D];
    readonly BYTES_PER_ELEMENT: number;
  };
} = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

/** The number of elements of a shape; 1 for a scalar's empty shape. */
export function tensorSize(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** A tensor over `data`, or over new zeros.
 * @throws RangeError when `data` does not have as many elements as `shape` asks for.
 * @example createTensor('float32', [1, 2], Float32Array.of(3, 4)).shape // [1, 2]
 */
export function createTensor<D extends DType>(
  dtype: D,
  shape: readonly number[],
  data: TensorStorage[D] = new tensorStorage[dtype](tensorSize(shape)),
): Tensor<D> {
  if (data.length !== tensorSize(shape)) {
    throw new RangeError(`createTensor: shape [${shape}] needs ${tensorSize(shape)} elements, data has ${data.length}`);
  }
  return { dtype, shape, data };
}
