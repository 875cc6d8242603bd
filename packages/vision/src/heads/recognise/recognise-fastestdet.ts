import type { OutputFacts } from '@qualm/types';
import type { FastestdetHeadSpec } from '../fastestdet.ts';
import { outputsOf } from './outputs.ts';

/** One output [n, 5 + classes, height, width], a cell for 16 pixels. */
export function recogniseFastestdet(
  facts: OutputFacts,
): { readonly head: FastestdetHeadSpec; readonly numLabels: number }[] {
  const [output, ...others] = outputsOf(facts);
  if (!output || others.length > 0 || output.shape.length !== 4) return [];
  const [, channels, height, width] = output.shape as [number, number, number, number];
  const numLabels = facts.numLabels ?? channels - 5;
  const isGrid = width === facts.size.width / 16 && height === facts.size.height / 16;
  if (!isGrid || numLabels < 1 || channels !== 5 + numLabels) return [];
  return [{ head: { type: 'fastestdet', outputs: { predictions: output.name } }, numLabels }];
}
