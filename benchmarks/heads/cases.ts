import { createTensor } from '@qualm/types';
import type { HeadSpec, Size, Tensor, TensorMap } from '@qualm/types';

/** Outputs of one image, as large as those of models that people run. */
export interface HeadBenchCase {
  readonly name: string;
  readonly head: HeadSpec;
  readonly numLabels: number;
  readonly size: Size;
  readonly outputs: TensorMap;
}

/** How many anchors score well above the threshold; the others lie far below it. */
const found = 500;

export function headCases(): HeadBenchCase[] {
  const random = lehmer(17);
  const square = (side: number): Size => ({ width: side, height: side });
  const p = { predictions: 'p' };
  const pair = { scores: 's', boxes: 'b' };
  return [
    {
      ...{ name: 'ssd, 8732 anchors', numLabels: 90, size: square(300) },
      head: {
        ...{ type: 'ssd', outputs: pair, activation: 'softmax', background: true },
        boxEncoding: { type: 'center-size', order: 'xywh', weights: [10, 10, 5, 5] },
        anchors: {
          ...{ generator: 'default-boxes', featureMaps: [38, 19, 10, 5, 3, 1].map((side) => [side, side]) },
          aspectRatios: [[2], [2, 3], [2, 3], [2, 3], [2], [2]],
          ...{ scales: [0.07, 0.15, 0.33, 0.51, 0.69, 0.87, 1.05], steps: [8, 16, 32, 64, 100, 300] },
        },
      },
      outputs: { s: logits(random, 8732, 91, 1), b: codes(random, 8732, 4) },
    },
    {
      ...{ name: 'ssd, RetinaNet, 76725 anchors', numLabels: 91, size: square(640) },
      head: {
        ...{ type: 'ssd', outputs: pair, activation: 'sigmoid', background: false },
        boxEncoding: { type: 'center-size', order: 'xywh', weights: [1, 1, 1, 1] },
        anchors: {
          ...{ generator: 'anchor-generator', featureMaps: [80, 40, 20, 10, 5].map((side) => [side, side]) },
          sizes: [32, 64, 128, 256, 512].map((side) => [
            side,
            Math.floor(side * 2 ** (1 / 3)),
            Math.floor(side * 2 ** (2 / 3)),
          ]),
          aspectRatios: [1, 2, 3, 4, 5].map(() => [0.5, 1, 2]),
        },
      },
      outputs: { s: logits(random, 76_725, 91), b: codes(random, 76_725, 4) },
    },
    {
      ...{ name: 'faster-rcnn, 1000 proposals', numLabels: 90, size: square(800) },
      head: { type: 'faster-rcnn', outputs: { logits: 's', boxes: 'b', proposals: 'r' } },
      outputs: { s: logits(random, 1000, 91, 1), b: codes(random, 1000, 364), r: corners(random, 1000, 800) },
    },
    {
      ...{ name: 'yolox, 8400 anchors', numLabels: 80, size: square(640) },
      head: { type: 'yolox', outputs: p, strides: [8, 16, 32] },
      outputs: { p: columns(8400, [codes(random, 8400, 4), objects(random, 8400), classes(random, 8400, 80)]) },
    },
    {
      ...{ name: 'yolov5, 25200 anchors', numLabels: 80, size: square(640) },
      head: { type: 'yolov5', outputs: p },
      outputs: {
        p: columns(25_200, [centres(random, 25_200, 640), objects(random, 25_200), classes(random, 25_200, 80)]),
      },
    },
    {
      ...{ name: 'yolov8, 8400 anchors', numLabels: 80, size: square(640) },
      head: { type: 'yolov8', outputs: p },
      outputs: { p: turned(columns(8400, [centres(random, 8400, 640), scores(random, 8400, 80)])) },
    },
    {
      ...{ name: 'yolov8, transposed', numLabels: 80, size: square(640) },
      head: { type: 'yolov8', outputs: p },
      outputs: { p: columns(8400, [centres(random, 8400, 640), scores(random, 8400, 80)]) },
    },
    nanodet(random),
    {
      ...{ name: 'fastestdet, 484 cells', numLabels: 80, size: square(352) },
      head: { type: 'fastestdet', outputs: p },
      outputs: {
        p: grid(turned(columns(484, [objects(random, 484), codes(random, 484, 4), classes(random, 484, 80)])), 22),
      },
    },
    {
      ...{ name: 'fastestv2, 1815 anchors', numLabels: 80, size: square(352) },
      head: {
        ...{ type: 'fastestv2', outputs: { predictions: ['p16', 'p32'] } },
        anchors: [[[12.64, 19.39], [37.88, 51.48], [55.71, 138.31]], [[126.91, 78.23], [131.57, 214.55], [279.92, 258.87]]], // prettier-ignore
      },
      outputs: { p16: fastestv2Level(random, 22), p32: fastestv2Level(random, 11) },
    },
    {
      ...{ name: 'centernet, 16384 cells', numLabels: 80, size: square(512) },
      head: { type: 'centernet', outputs: { heatmap: 's', sizes: 'b' }, layout: 'nchw', activation: 'sigmoid' },
      outputs: { s: grid(turned(logits(random, 16_384, 80)), 128), b: grid(turned(sizes(random, 16_384)), 128) },
    },
    {
      ...{ name: 'detr, 300 queries', numLabels: 90, size: square(640) },
      head: { type: 'detr', outputs: { boxes: 'b', logits: 's' }, activation: 'sigmoid', noObject: 'last' },
      outputs: { s: logits(random, 300, 91), b: centres(random, 300, 1) },
    },
    {
      ...{ name: 'two-outputs, 8400 anchors', numLabels: 80, size: square(640) },
      head: { type: 'two-outputs', outputs: pair, format: 'xyxy', units: 'pixels' },
      outputs: { s: scores(random, 8400, 80), b: corners(random, 8400, 640) },
    },
    {
      ...{ name: 'end-to-end, 300 boxes', numLabels: 80, size: square(640) },
      head: { type: 'end-to-end', outputs: p },
      outputs: { p: columns(300, [corners(random, 300, 640), objects(random, 300), numbers(300, 1, (i) => i % 80)]) },
    },
    {
      ...{ name: 'classifier, 1000 classes', numLabels: 1000, size: square(224) },
      head: { type: 'classifier', outputs: { scores: 's' }, activation: 'softmax' },
      outputs: {
        s: createTensor(
          'float32',
          [1, 1000],
          Float32Array.from({ length: 1000 }, () => 8 * random()),
        ),
      },
    },
  ];
}

function nanodet(random: () => number): HeadBenchCase {
  const strides = [8, 16, 32, 64];
  const cells = strides.map((stride) => Math.ceil(416 / stride) ** 2);
  return {
    ...{ name: 'nanodet, 3598 cells', numLabels: 80, size: { width: 416, height: 416 } },
    head: {
      ...{ type: 'nanodet', strides },
      outputs: { scores: strides.map((stride) => `s${stride}`), distances: strides.map((stride) => `d${stride}`) },
    },
    outputs: Object.fromEntries(
      strides.flatMap((stride, level) => [
        [`s${stride}`, scores(random, cells[level]!, 80)],
        [`d${stride}`, codes(random, cells[level]!, 32)],
      ]),
    ),
  };
}

function fastestv2Level(random: () => number, side: number): Tensor<'float32'> {
  const cells = side * side;
  const parts = [
    numbers(cells, 12, random),
    numbers(cells, 3, () => (random() < 0.2 ? random() : random() / 1000)),
    classes(random, cells, 80),
  ];
  return createTensor('float32', [1, side, side, 95], columns(cells, parts).data);
}

/** Numbers between 0 and 1. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function numbers(rows: number, width: number, next: (i: number) => number): Tensor<'float32'> {
  return createTensor(
    'float32',
    [1, rows, width],
    Float32Array.from({ length: rows * width }, (_, i) => next(i)),
  );
}

const codes = (random: () => number, rows: number, width: number): Tensor<'float32'> =>
  numbers(rows, width, () => 2 * random() - 1);
const sizes = (random: () => number, rows: number): Tensor<'float32'> => numbers(rows, 2, () => 1 + 20 * random());
const centres = (random: () => number, rows: number, side: number): Tensor<'float32'> =>
  numbers(rows, 4, (i) => (i % 4 < 2 ? side * random() : side * (0.02 + 0.3 * random())));

function corners(random: () => number, rows: number, side: number): Tensor<'float32'> {
  const made = centres(random, rows, side);
  const { data } = made;
  for (let at = 0; at < data.length; at += 4) {
    for (const axis of [0, 1]) {
      data[at + axis] = 0.7 * data[at + axis]!;
      data[at + 2 + axis] = data[at + axis]! + 0.9 * data[at + 2 + axis]!;
    }
  }
  return made;
}

/** Objectness of each anchor: of a few high. */
const objects = (random: () => number, rows: number): Tensor<'float32'> =>
  numbers(rows, 1, () => (random() < found / rows ? 0.05 + 0.95 * random() : random() / 1000));

/** Of each anchor one class is likely. */
function classes(random: () => number, rows: number, width: number): Tensor<'float32'> {
  const made = numbers(rows, width, () => random() / 10);
  for (let row = 0; row < rows; row++) made.data[row * width + Math.floor(random() * width)] = 0.3 + 0.7 * random();
  return made;
}

/** Of few anchors one class is likely. */
function scores(random: () => number, rows: number, width: number): Tensor<'float32'> {
  const made = numbers(rows, width, () => random() / 1000);
  for (let i = 0; i < Math.min(found, rows); i++)
    made.data[Math.floor(random() * rows) * width + Math.floor(random() * width)] = 0.05 + 0.95 * random();
  return made;
}

/** Logits whose sigmoid or softmax is as `scores`; a background in front, which most anchors are.
 */
function logits(random: () => number, rows: number, width: number, background = 0): Tensor<'float32'> {
  const made = numbers(rows, width, (i) => (background === 1 && i % width === 0 ? 2 : random() - 8));
  for (let i = 0; i < Math.min(found, rows); i++) {
    const place = background + Math.floor(random() * (width - background - 1));
    made.data[Math.floor(random() * rows) * width + place] = 6 * random() - 2;
  }
  return made;
}

function columns(rows: number, parts: readonly Tensor<'float32'>[]): Tensor<'float32'> {
  const widths = parts.map(({ shape }) => shape[2]!);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const data = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let at = row * width;
    parts.forEach((part, i) => {
      data.set(part.data.subarray(row * widths[i]!, (row + 1) * widths[i]!), at);
      at += widths[i]!;
    });
  }
  return createTensor('float32', [1, rows, width], data);
}

function turned({ shape, data }: Tensor<'float32'>): Tensor<'float32'> {
  const [, rows, width] = shape as [number, number, number];
  const made = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) made[(i % width) * rows + Math.floor(i / width)] = data[i]!;
  return createTensor('float32', [1, width, rows], made);
}

function grid({ shape, data }: Tensor<'float32'>, side: number): Tensor<'float32'> {
  return createTensor('float32', [1, shape[1]!, side, side], data);
}
