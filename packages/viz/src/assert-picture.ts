import { assertNumber, assertOptions, wrongArgument } from '@qualm/types';

/** For callers without types: what pictures are made of. */
export function assertBox(where: string, value: unknown): void {
  const { xmin, ymin, xmax, ymax } = Object(value) as Record<string, unknown>;
  if ([xmin, ymin, xmax, ymax].every((edge) => typeof edge === 'number')) return;
  throw wrongArgument(where, 'its box', value, 'a box, such as new Box2d(10, 20, 110, 220)');
}

export function assertStyle(where: string, value: unknown): void {
  assertOptions(where, value, "{ color: 'yellow' }", 'its style');
}

export function assertSize(where: string, value: unknown): void {
  assertOptions(where, value, '{ width: 640, height: 480 }', 'its size');
  const { width, height } = value as { width?: unknown; height?: unknown };
  assertNumber(where, 'width', width);
  assertNumber(where, 'height', height);
}

const kinds: ReadonlySet<unknown> = new Set(['box', 'mask', 'polygon', 'keypoints', 'heatmap', 'text', 'group']);

/** One layer, or an array of layers. */
export function assertLayers(where: string, value: unknown): void {
  for (const layer of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (kinds.has((layer as { kind?: unknown } | null | undefined)?.kind)) continue;
    throw wrongArgument(where, 'a layer', layer, "what box, mask, text and the like make: box(b, { label: 'cat' })");
  }
}

/** An image, or pixels. */
export function assertImage(where: string, value: unknown): void {
  const { uri, bytes, data } = Object(value) as { uri?: unknown; bytes?: unknown; data?: unknown };
  if (typeof uri === 'string' || ArrayBuffer.isView(bytes) || ArrayBuffer.isView(data)) return;
  throw wrongArgument(where, 'its image', value, "an image, such as Image.fromUri('street.jpg'), or pixels");
}
