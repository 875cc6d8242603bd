import { readFileSync } from 'node:fs';
import { createTensor } from '@qualm/types';
import type { HeadSpec, ImageGeometry, Label, ModelSpec, Size, TensorMap } from '@qualm/types';
import type { AnchorSpec } from '../../src/index.ts';

export interface HeadCase {
  readonly name: string;
  readonly head: HeadSpec;
  readonly labels: readonly Label[];
  readonly size: Size;
  readonly geometry: ImageGeometry;
  readonly outputs: Readonly<Record<string, { readonly shape: number[]; readonly data: number[] }>>;
  readonly expected: {
    readonly boxes: number[];
    readonly scores: number[];
    readonly labelIds: number[];
    readonly classScores: number[];
    readonly classLabelIds: number[];
  };
}

export interface ShapeCase extends Omit<HeadCase, 'expected'> {
  readonly expected: {
    readonly scores: number[];
    readonly labelIds: number[];
    readonly boxes: number[];
    readonly masks?: string[];
    readonly keypoints?: number[];
    readonly dimensions?: number;
    readonly rotatedBoxes?: number[];
  };
}

/** Turned boxes [n, 5], and the overlap of each pair. */
interface Overlaps {
  readonly first: number[];
  readonly second: number[];
  readonly overlap: number[];
}

export interface SuppressionCase {
  readonly name: string;
  readonly boxes: number[];
  readonly scores: number[];
  readonly classIds: number[];
  readonly iouThreshold: number;
  readonly nms: number[];
  readonly batched: number[];
}

export interface AnchorGridCase extends Omit<DefaultBoxesCase, 'anchors'> {
  readonly anchors: Extract<AnchorSpec, { generator: 'anchor-generator' }>;
}

export interface DefaultBoxesCase {
  readonly name: string;
  readonly anchors: Extract<AnchorSpec, { generator: 'default-boxes' }>;
  readonly size: Size;
  readonly count: number;
  readonly every: number;
  readonly boxes: number[];
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/heads/${name}.json`, import.meta.url), 'utf8')) as T;
}

const fixtures = [
  ...['ssd', 'torchvision', 'detr', 'two-outputs', 'yolo', 'yolov5', 'ultralytics'],
  ...['anchor-free', 'fastestv2', 'end-to-end'],
];

export function headCases(): HeadCase[] {
  return fixtures.flatMap((name) => readFixture<{ cases: HeadCase[] }>(name).cases);
}

/** Heads that give more than boxes. */
export function readShapes(): { readonly cases: ShapeCase[]; readonly overlaps: Overlaps } {
  return readFixture('../shapes/shapes');
}

export function tensorsOf(outputs: HeadCase['outputs']): TensorMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { shape, data }]) => [
      name,
      createTensor('float32', shape, Float32Array.from(data)),
    ]),
  );
}

export function specOf(
  head: HeadSpec,
  labels: readonly Label[],
  size: Size,
): Pick<ModelSpec, 'head' | 'labels' | 'input'> {
  return {
    head,
    labels,
    input: { size, layout: 'nchw', dtype: 'float32', channels: 'rgb', resize: { mode: 'stretch' } },
  };
}

export function stretched(original: Size, input: Size): ImageGeometry {
  const scale = { scaleX: input.width / original.width, scaleY: input.height / original.height };
  return { original, input, ...scale, offsetX: 0, offsetY: 0 };
}

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers, expected ${expected.length}`);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= tolerance)) throw new Error(`[${i}] is ${actual[i]}, expected ${expected[i]}`);
    worst = Math.max(worst, difference);
  }
  return worst;
}
