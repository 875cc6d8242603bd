import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTensor, Mask } from '@qualm/types';
import type { ClassScores, ImageGeometry, Size, TensorMap } from '@qualm/types';
import { createHead } from '@qualm/vision';
import { bestOf } from './best-of.ts';
import { writeResult } from './write-result.ts';

/* Usage: PYTHON=<with benchmarks/python/requirements.txt> npx tsx benchmarks/mask-decode.ts
 *
 * Raw outputs of a YOLOv8 segmentation export of 640 x 640 to boxes and masks: ours, with all class
 * scores, and ultralytics' own (non_max_suppression, scale_boxes, process_mask_native, which
 * retina_masks=True uses) on the same outputs, each on one core, one after the other. */

const input = { width: 640, height: 640 };
const [numClasses, numPrototypes, numAnchors, side] = [80, 32, 8400, 160];
const rows = 4 + numClasses + numPrototypes;
const repeats = 15;
const confidence = 0.25;

interface Case {
  readonly name: string;
  readonly original: Size;
  readonly objects: number;
  /** Of a box, in pixels of the input. */
  readonly boxSide: number;
}

const cases: readonly Case[] = [
  { name: '10 boxes, 640 x 480', original: { width: 640, height: 480 }, objects: 10, boxSide: 160 },
  { name: '100 boxes, 640 x 480', original: { width: 640, height: 480 }, objects: 100, boxSide: 80 },
  { name: '100 boxes, 1920 x 1080', original: { width: 1920, height: 1080 }, objects: 100, boxSide: 80 },
  { name: '30 large boxes, 640 x 427', original: { width: 640, height: 427 }, objects: 30, boxSide: 400 },
];

interface Theirs {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly { readonly all: number; readonly masks: number; readonly counts: readonly string[] }[];
}

function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Boxes of different classes, three anchors to each, and smooth prototypes. */
function makeOutputs(
  { objects, boxSide }: Case,
  seed: number,
): { predictions: Float32Array; prototypes: Float32Array } {
  const random = lehmer(seed);
  const predictions = new Float32Array(rows * numAnchors);
  const put = (row: number, anchor: number, value: number): void => {
    predictions[row * numAnchors + anchor] = value;
  };
  for (let anchor = 0; anchor < numAnchors; anchor++) {
    for (let row = 4; row < 4 + numClasses; row++) put(row, anchor, 0.01 * random());
  }
  for (let object = 0; object < objects; object++) {
    const middle = [random() * 640, 100 + random() * 440];
    const sides = [boxSide * (0.5 + random()), boxSide * (0.5 + random())];
    const coefficients = Array.from({ length: numPrototypes }, () => 2 * random() - 1);
    for (let copy = 0; copy < 3; copy++) {
      const anchor = 3 * object + copy;
      [...middle, ...sides].forEach((value, row) => put(row, anchor, value + 2 * random()));
      put(4 + (object % numClasses), anchor, 0.3 + 0.6 * random());
      coefficients.forEach((value, k) => put(4 + numClasses + k, anchor, value + 0.02 * random()));
    }
  }
  const prototypes = new Float32Array(numPrototypes * side * side);
  for (let k = 0; k < numPrototypes; k++) {
    const [across, down, phase] = [0.15 * random(), 0.15 * random(), 6 * random()];
    for (let at = 0; at < side * side; at++) {
      const [x, y] = [at % side, Math.floor(at / side)];
      prototypes[k * side * side + at] = Math.cos(across * x + phase) * Math.sin(down * y + phase);
    }
  }
  return { predictions, prototypes };
}

function letterbox(original: Size): ImageGeometry {
  const gain = Math.min(input.width / original.width, input.height / original.height);
  const [width, height] = [Math.round(original.width * gain), Math.round(original.height * gain)];
  return {
    ...{ original, input, scaleX: width / original.width, scaleY: height / original.height },
    ...{ offsetX: Math.floor((input.width - width) / 2), offsetY: Math.floor((input.height - height) / 2) },
  };
}

function decoder(options: object): (outputs: TensorMap, original: Size) => ClassScores {
  const head = createHead(
    {
      head: { type: 'yolov8', scoreThreshold: confidence, ...options },
      labels: Array.from({ length: numClasses }, (_, id) => ({ id, name: `class ${id}` })),
      input: { size: input, layout: 'nchw', dtype: 'float32', channels: 'rgb', resize: { mode: 'stretch' } },
    },
    'class_scores',
  );
  return (outputs, original) => head.decode(outputs, [letterbox(original)])[0]!;
}

const boxes = decoder({ outputs: { predictions: 'output0' }, extraRows: numPrototypes });
const segments = decoder({ outputs: { predictions: 'output0', prototypes: 'output1' }, task: 'segment' });
const made = cases.map((one, at) => makeOutputs(one, 17 + at));
const theirs = timeTheirs();
const found = cases.map(({ name, original }, at) => {
  const { predictions, prototypes } = made[at]!;
  const outputs = {
    output0: createTensor('float32', [1, rows, numAnchors], predictions),
    output1: createTensor('float32', [1, numPrototypes, side, side], prototypes),
  };
  for (let warm = 0; warm < 5; warm++) segments(outputs, original);
  const all = bestOf(repeats, () => segments(outputs, original));
  const masks = all - bestOf(repeats, () => boxes(outputs, original));
  const peer = theirs.cases[at]!;
  const own = [...segments(outputs, original)].map(({ mask }) => mask!);
  const ious = peer.counts.map((counts, row) => iou(own[row]!, Mask.fromCocoString(counts, original)));
  return {
    ...{ name, boxes: own.length, theirBoxes: peer.counts.length, leastIou: Math.min(...ious) },
    ...{ qualm: { all, masks }, ultralytics: { all: peer.all, masks: peer.masks } },
  };
});

for (const { name, boxes: count, theirBoxes, leastIou, qualm, ultralytics } of found) {
  const times = (part: 'all' | 'masks'): string =>
    `${part} ${qualm[part].toFixed(2)} ms, ultralytics ${ultralytics[part].toFixed(2)} ms (x ${(qualm[part] / ultralytics[part]).toFixed(2)})`;
  console.log(
    `${name.padEnd(26)} ${count} and ${theirBoxes}, IoU ${leastIou.toFixed(4)}; ${times('all')}; ${times('masks')}`,
  );
}
writeResult('mask-decode', theirs.versions, { repeats, cases: found });

function iou(own: Mask, other: Mask): number {
  return own.area === 0 && other.area === 0 ? 1 : own.iou(other);
}

function timeTheirs(): Theirs {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-mask-decode-'));
  try {
    made.forEach(({ predictions, prototypes }, at) => {
      writeFileSync(join(folder, `${at}-predictions.bin`), predictions);
      writeFileSync(join(folder, `${at}-prototypes.bin`), prototypes);
    });
    const work = {
      ...{ confidence, repeats, rows, numAnchors, numClasses, numPrototypes, side, input },
      originals: cases.map(({ original }) => original),
    };
    writeFileSync(join(folder, 'work.json'), JSON.stringify(work));
    const script = join(import.meta.dirname, 'python/mask_decode.py');
    const line = execFileSync(process.env['PYTHON'] ?? 'python3', [script, folder], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    return JSON.parse(line.trim().split('\n').at(-1)!) as Theirs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
