import type { OutputFacts, Size } from '@qualm/types';
import type { AnchorSpec, SsdHeadSpec } from '../ssd-schema.ts';
import { pairOf } from './recognise-pair.ts';
import { areWithin, columnsOf } from './values.ts';

/** Logits and box codes of torchvision's SSD300 and RetinaNet, whose anchors the model does not
 * give: how many there are says which they are.
 */
export function recogniseTorchvision(facts: OutputFacts): { readonly head: SsdHeadSpec; readonly numLabels: number }[] {
  const pair = pairOf(facts);
  if (!pair || areWithin(columnsOf(pair.scores), -0.01, 1.01)) return [];
  const [, numAnchors, columns] = pair.scores.shape as [number, number, number];
  const outputs = { scores: pair.scores.name, boxes: pair.boxes.name };
  return [ssd300(facts.size, numAnchors), retinanet(facts.size, numAnchors)].flatMap((model) => {
    if (!model) return [];
    const numLabels = columns - (model.background ? 1 : 0);
    if (numLabels < 1 || (facts.numLabels !== null && facts.numLabels !== numLabels)) return [];
    return [{ head: { type: 'ssd' as const, outputs, ...model }, numLabels }];
  });
}

type Model = Omit<SsdHeadSpec, 'type' | 'outputs'>;

/** @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/ssd.py
 * (ssd300_vgg16)
 */
function ssd300({ width, height }: Size, numAnchors: number): Model | null {
  if (width !== 300 || height !== 300 || numAnchors !== 8732) return null;
  const anchors: AnchorSpec = {
    generator: 'default-boxes',
    featureMaps: [38, 19, 10, 5, 3, 1].map((side) => [side, side]),
    aspectRatios: [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
    scales: [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05],
    steps: [8, 16, 32, 64, 100, 300],
  };
  return { activation: 'softmax', background: true, boxEncoding: centerSize([10, 10, 5, 5]), anchors };
}

/** @see https://github.com/pytorch/vision/blob/main/torchvision/models/detection/retinanet.py
 * (_default_anchorgen)
 */
function retinanet({ width, height }: Size, numAnchors: number): Model | null {
  const strides = [8, 16, 32, 64, 128];
  const featureMaps = strides.map((stride) => [Math.ceil(height / stride), Math.ceil(width / stride)] as const);
  if (numAnchors !== 9 * featureMaps.reduce((sum, [rows, columns]) => sum + rows * columns, 0)) return null;
  const sizes = strides.map((stride) => [0, 1, 2].map((third) => Math.floor(4 * stride * 2 ** (third / 3))));
  const anchors: AnchorSpec = {
    ...{ generator: 'anchor-generator', featureMaps, sizes },
    aspectRatios: strides.map(() => [0.5, 1, 2]),
  };
  return { activation: 'sigmoid', background: false, boxEncoding: centerSize([1, 1, 1, 1]), anchors };
}

function centerSize(weights: readonly [number, number, number, number]): SsdHeadSpec['boxEncoding'] {
  return { type: 'center-size', order: 'xywh', weights };
}
