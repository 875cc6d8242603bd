import { assertChoice, assertOptions, wrongArgument } from '@qualm/types';
import type { InputSpec, Size } from '@qualm/types';

/** For callers without types. Each throws a RangeError that names the function, the argument, what
 * came and what was expected.
 */
export function assertImage(where: string, value: unknown): void {
  const { uri, bytes } = Object(value) as { uri?: unknown; bytes?: unknown };
  if ((typeof uri === 'string' && bytes === null) || (uri === null && ArrayBuffer.isView(bytes))) return;
  throw wrongArgument(where, 'its image', value, "an image, such as Image.fromUri('street.jpg')");
}

export function assertImageOptions(where: string, value: unknown): void {
  assertOptions(where, value, '{ maxPixels: 1e8 }');
}

export function assertSize(where: string, value: unknown): asserts value is Size {
  assertOptions(where, value, '{ width: 300, height: 300 }', 'its size');
  const { width, height } = value as Size;
  if (Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) return;
  throw new RangeError(`${where}: size is ${String(width)} x ${String(height)}; expected positive whole numbers`);
}

export function assertForm(value: unknown): void {
  assertChoice('createHead', 'its form', value, ['detections', 'class_scores']);
}

const filters: readonly NonNullable<InputSpec['filter']>[] = [
  'bilinear',
  'bicubic',
  'lanczos3',
  'nearest',
  'opencv-linear',
];

export function assertFilter(where: string, value: unknown): void {
  assertChoice(where, 'filter', value, filters);
}

/** The parts of an input that say where pixels go. */
export function assertPlacing(where: string, value: unknown): void {
  const example = "{ size: { width: 300, height: 300 }, resize: { mode: 'stretch' } }";
  assertOptions(where, value, example, 'its input');
  const { size, resize } = value as { size?: unknown; resize?: unknown };
  assertOptions(where, size, '{ width: 300, height: 300 }', 'size of its input');
  assertOptions(where, resize, "{ mode: 'stretch' }", 'resize of its input');
}
