import { describe, expect, it } from 'vitest';
import { createTensor } from '@qualm/types';
import type { HeadSpec, ModelSpec, Size } from '@qualm/types';
import { createHead } from '../../src/create-head.ts';

const labels = ['red', 'green', 'blue'].map((name, id) => ({ id, name }));
const strides = [8, 16, 32];
const columns = 5 + labels.length;

/** Columns and rows of the cells, stride by stride, as YOLOX and YOLOv6 lay them out.
 * @see https://github.com/Megvii-BaseDetection/YOLOX/blob/main/yolox/models/yolo_head.py
 * (decode_outputs)
 * @see https://github.com/meituan/YOLOv6/blob/main/yolov6/assigners/anchor_generator.py
 */
function cells({ width, height }: Size): [x: number, y: number, stride: number][] {
  return strides.flatMap((stride) =>
    Array.from({ length: (width / stride) * (height / stride) }, (_, i): [number, number, number] => [
      i % (width / stride),
      Math.floor(i / (width / stride)),
      stride,
    ]),
  );
}

type Box = (cell: [x: number, y: number, stride: number], index: number) => readonly number[];

/** Offsets and logarithms of sizes in cells. */
const undecoded: Box = (_, i) => [Math.sin(i), Math.cos(i), Math.sin(3 * i) - 1, Math.cos(5 * i) - 1];
/** The same after decode_outputs. */
const decoded: Box = ([x, y, stride], i) => {
  const [dx, dy, w, h] = undecoded([x, y, stride], i) as [number, number, number, number];
  return [(x + dx) * stride, (y + dy) * stride, Math.exp(w) * stride, Math.exp(h) * stride];
};
/** Distances to the sides from the middle of the cell, up to 16 cells to one side alone, which
 * moves centres the most. */
const distances: Box = ([x, y, stride], i) => {
  const [left, right] = i % 2 ? [16, 0] : [0, 16];
  return [(x + 0.5 + (right - left) / 2) * stride, (y + 0.5 - 8) * stride, 16 * stride, 16 * stride];
};

function decode(head: HeadSpec, size: Size, box: Box, order: (all: number[][]) => number[][] = (all) => all): void {
  const rows = order(cells(size).map((cell, i) => [...box(cell, i), 0.5, 0.5, 0.25, 0.25]));
  const data = Float32Array.from(rows.flat());
  const tensor = createTensor('float32', [1, rows.length, columns], data);
  const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  const spec = { head, labels, input: { size } as ModelSpec['input'] };
  createHead(spec, 'class_scores').decode({ output0: tensor }, [geometry]);
}

const outputs = { predictions: 'output0' };
const yolov5 = { type: 'yolov5', outputs };
const yolox = { type: 'yolox', outputs, strides };
const sizes = [
  [640, 640],
  [416, 416],
  [640, 384],
  [128, 128],
].map(([width, height]) => ({ width, height }) as Size);

describe.each(sizes)('over $width x $height', (size) => {
  it('head yolov5 refuses undecoded boxes of YOLOX, and says what to write', () => {
    expect(() => decode(yolov5, size, undecoded)).toThrow(
      'how YOLOX exports them undecoded; set head.type to "yolox" and head.strides to [8, 16, 32]',
    );
  });

  it.each([
    ['YOLOX, decoded', decoded],
    ['YOLOv6', distances],
  ])('head yolov5 reads %s, whichever stride is first', (_, box) => {
    expect(() => decode(yolov5, size, box)).not.toThrow();
    expect(() => decode(yolov5, size, box, (all) => all.reverse())).not.toThrow();
  });

  it('head yolox refuses decoded boxes, and says what to write', () => {
    expect(() => decode(yolox, size, decoded)).toThrow('are decoded boxes; set head.type to "yolov5"');
  });

  it('head yolox reads undecoded boxes, with offsets of several cells too', () => {
    expect(() => decode(yolox, size, undecoded)).not.toThrow();
    expect(() => decode(yolox, size, (cell, i) => undecoded(cell, i).map((value) => 10 * value))).not.toThrow();
  });
});

it('head yolov5 reads three boxes a cell, and boxes of other grids', () => {
  const size = { width: 640, height: 640 };
  expect(() => decode(yolov5, size, undecoded, (all) => [...all, ...all, ...all])).not.toThrow();
  expect(() => decode(yolov5, size, undecoded, (all) => all.slice(1))).not.toThrow();
});

it('over an input of few cells nobody can say', () => {
  expect(() => decode(yolov5, { width: 64, height: 64 }, undecoded)).not.toThrow();
});

it('infinities are no decoded boxes, and are left to the report of wrong numbers', () => {
  const size = { width: 640, height: 640 };
  expect(() => decode(yolox, size, () => [Infinity, Infinity, Infinity, Infinity])).not.toThrow();
});
