import type { OutputFacts } from '@qualm/types';
import type { CenternetHeadSpec } from '../centernet.ts';
import { outputsOf } from './outputs.ts';

type Layout = CenternetHeadSpec['layout'];

/** A heat map of classes, maps of sizes (2) or sides (4), and maybe of offsets (2), of one
 * resolution, which is that of the input divided by 2 to 8.
 */
export function recogniseCenternet(
  facts: OutputFacts,
): { readonly head: CenternetHeadSpec; readonly numLabels: number }[] {
  return (['nchw', 'nhwc'] as const).flatMap((layout) => guesses(facts, layout));
}

function guesses(facts: OutputFacts, layout: Layout): { head: CenternetHeadSpec; numLabels: number }[] {
  const maps = outputsOf(facts).filter(({ shape }) => shape.length === 4);
  const channelsOf = (shape: readonly number[]): number => shape[layout === 'nchw' ? 1 : 3]!;
  const cellsOf = (shape: readonly number[]): string => (layout === 'nchw' ? shape.slice(2) : shape.slice(1, 3)).join();
  const cells = [2, 4, 8].map((stride) => [facts.size.height / stride, facts.size.width / stride].join());
  if (maps.length < 2 || maps.length > 3 || maps.some(({ shape }) => cellsOf(shape) !== cellsOf(maps[0]!.shape)))
    return [];
  if (!cells.includes(cellsOf(maps[0]!.shape))) return [];
  const isHeatmap = (channels: number): boolean =>
    facts.numLabels === null ? channels > 4 : channels === facts.numLabels;
  const heatmap = maps.find(({ shape }) => isHeatmap(channelsOf(shape)));
  const boxes = maps.filter((map) => map !== heatmap);
  const sides = boxes.find(({ shape }) => channelsOf(shape) === 4);
  // Offsets stay within a cell; sizes do not.
  const pairs = boxes.filter(({ shape }) => channelsOf(shape) === 2).sort((a, b) => spread(b.data) - spread(a.data));
  const [sizes, offsets, ...others] = [...(sides ? [sides] : []), ...pairs];
  if (!heatmap || !sizes || others.length > 0 || pairs.length + (sides ? 1 : 0) !== boxes.length) return [];
  const isDone = heatmap.data.every((value) => value >= -0.01 && value <= 1.01);
  const head: CenternetHeadSpec = {
    type: 'centernet',
    outputs: { heatmap: heatmap.name, sizes: sizes.name, ...(offsets && { offsets: offsets.name }) },
    layout,
    activation: isDone ? 'none' : 'sigmoid',
    ...(sides && { boxEncoding: 'sides' as const }),
  };
  return [{ head, numLabels: channelsOf(heatmap.shape) }];
}

function spread(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
