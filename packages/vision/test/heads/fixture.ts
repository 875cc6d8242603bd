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

export interface SuppressionCase {
  readonly name: string;
  readonly boxes: number[];
  readonly scores: number[];
  readonly classIds: number[];
  readonly iouThreshold: number;
  readonly nms: number[];
  readonly batched: number[];
}

export interface DefaultBoxesCase {
  readonly name: string;
  readonly anchors: Extract<AnchorSpec, { generator: string }>;
  readonly size: Size;
  readonly count: number;
  readonly every: number;
  readonly boxes: number[];
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/heads/${name}.json`, import.meta.url), 'utf8')) as T;
}

export function headCases(): HeadCase[] {
  return ['ssd', 'yolo', 'anchor-free'].flatMap((name) => readFixture<{ cases: HeadCase[] }>(name).cases);
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
