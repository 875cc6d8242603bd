/** Zeros before and after one axis, and how long the axis then comes out of the window. */
export interface Padding {
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

/** TF's SAME padding of one axis: as many outputs as strides fit, the odd zero at the end.
 * @see https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 * @example samePadding(300, 3, 2, 1) // { before: 0, after: 1, output: 150 }
 */
export function samePadding(input: number, kernel: number, stride: number, dilation: number): Padding {
  const output = Math.ceil(input / stride);
  const total = Math.max((output - 1) * stride + (kernel - 1) * dilation + 1 - input, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before, output };
}

/** TF's VALID padding of one axis: none. */
export function validPadding(input: number, kernel: number, stride: number, dilation: number): Padding {
  return { before: 0, after: 0, output: Math.ceil((input - (kernel - 1) * dilation) / stride) };
}
