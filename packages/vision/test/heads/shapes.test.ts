import { createTensor, Mask } from '@qualm/types';
import type { ImageGeometry, MaskGrid, Tensor } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenGaussians } from '../../src/heads/seen-gaussians.ts';
import { createPrototypeMasks } from '../../src/heads/prototype-masks.ts';
import { createMaskReader } from '../../src/heads/mask-reader.ts';
import { createHead } from '../../src/index.ts';
import { expectClose, readShapes, specOf, stretched, tensorsOf } from './fixture.ts';

const { cases, overlaps } = readShapes();

describe.each(cases)('$name', ({ head, labels, size, geometry, outputs, expected }) => {
  const made = createHead(specOf(head, labels, size), 'class_scores', { minScore: 0.25 });
  const [found] = made.decode(tensorsOf(outputs), [geometry]);

  it('finds the boxes that ultralytics finds', () => {
    expect(found!.length).toBeGreaterThan(3);
    expect([...found!.toDetections().labelIds]).toEqual(expected.labelIds);
    expect(expectClose(found!.toDetections().scores, expected.scores, 1e-6)).toBeLessThanOrEqual(1e-6);
    expect(expectClose(found!.boxes, expected.boxes, 1e-3)).toBeLessThanOrEqual(1e-3);
  });

  it('says which shapes it gives', () => {
    expect(made.shapes).toEqual(found!.shapes!.kinds);
  });

  it.runIf(expected.masks)('masks are those of process_mask_native', () => {
    const masks = expected.masks!.map((counts) => Mask.fromCocoString(counts, geometry.original));
    const ious = masks.map((mask, row) => {
      const own = found!.at(row)!.mask!;
      return mask.area === 0 && own.area === 0 ? 1 : own.iou(mask);
    });
    expect(masks.filter(({ area }) => area > 50).length).toBeGreaterThan(3);
    expect(Math.min(...ious)).toBeGreaterThanOrEqual(0.999);
  });

  it.runIf(expected.keypoints)('key points are those of scale_coords', () => {
    const { values, numPoints } = found!.shapes!.keypoints!;
    const dimensions = expected.dimensions!;
    expect(numPoints).toBe(5);
    const own = [...values].filter((_, at) => at % 3 < dimensions);
    expect(expectClose(own, expected.keypoints!, 1e-3)).toBeLessThanOrEqual(1e-3);
    const scores = [...values].filter((_, at) => at % 3 === 2);
    expect(scores.every(Number.isNaN)).toBe(dimensions === 2);
  });

  it.runIf(expected.rotatedBoxes)('turned boxes are those of regularize_rboxes', () => {
    expect(expectClose(found!.shapes!.rotatedBoxes!, expected.rotatedBoxes!, 1e-3)).toBeLessThanOrEqual(1e-3);
  });
});

describe('as exports to TensorFlow lie', () => {
  it.each(cases)('$name: transposed, and 0..1 of the input', ({ head, labels, size, geometry, outputs }) => {
    const given = tensorsOf(outputs);
    const [wanted] = createHead(specOf(head, labels, size), 'detections').decode(given, [geometry]);
    const { data, shape } = given['output0']!;
    const [, rows, anchors] = shape as [number, number, number];
    const perPoint = head['task'] !== 'pose' ? 0 : rows - 4 - labels.length === 10 ? 2 : 3;
    const scaleOf = (row: number): number => {
      const part = row < 4 ? row % 2 : perPoint > 0 ? (row - 4 - labels.length) % perPoint : 2;
      return row >= 4 && row < 4 + labels.length ? 1 : part === 0 ? size.width : part === 1 ? size.height : 1;
    };
    const turned = Float32Array.from({ length: data.length }, (_, at) => {
      const [anchor, row] = [Math.floor(at / rows), at % rows];
      return (data as Float32Array)[row * anchors + anchor]! / scaleOf(row);
    });
    const prototypes = given['output1'];
    const tensors = {
      output0: createTensor('float32', [1, anchors, rows], turned),
      ...(prototypes && { output1: lastChannels(prototypes) }),
    };
    const relative = specOf({ ...head, units: 'relative' }, labels, size);
    const [found] = createHead(relative, 'detections').decode(tensors, [geometry]);
    expect(found!.length).toBe(wanted!.length);
    for (const [row, one] of [...wanted!].entries()) {
      const own = found!.at(row)!;
      expect(own.label_id).toBe(one.label_id);
      if (one.mask && one.mask.area > 0) expect(own.mask!.iou(one.mask)).toBeGreaterThan(0.995);
      if (one.keypoints)
        expect(expectClose(own.keypoints!.filter(isNumber), one.keypoints.filter(isNumber), 1e-3)).toBeLessThan(1e-3);
      if (one.rotated_box) expect(own.rotated_box!.cx).toBeCloseTo(one.rotated_box.cx, 3);
    }
  });
});

const isNumber = (value: number): boolean => !Number.isNaN(value);

/** [n, masks, height, width] as [n, height, width, masks]. */
function lastChannels({ shape, data }: Tensor): Tensor {
  const [, masks, height, width] = shape as [number, number, number, number];
  const cells = height * width;
  const turned = Float32Array.from({ length: masks * cells }, (_, at) => {
    return (data as Float32Array)[(at % masks) * cells + Math.floor(at / masks)]!;
  });
  return createTensor('float32', [1, height, width, masks], turned);
}

it('turned boxes are suppressed above a probabilistic IoU', () => {
  const off = 1e-4;
  const isApart = (pair: number, iouThreshold: number): boolean => {
    const boxes = Float32Array.from(
      [overlaps.first, overlaps.second].flatMap((all) => all.slice(5 * pair, 5 * pair + 5)),
    );
    const seen = new SeenGaussians(iouThreshold);
    return seen.add(boxes, 0) && seen.add(boxes, 5);
  };
  overlaps.overlap.forEach((overlap, pair) => {
    if (overlap > off) expect(isApart(pair, overlap - off), `${pair}: ${overlap}`).toBe(false);
    expect(isApart(pair, overlap + off), `${pair}: ${overlap}`).toBe(true);
  });
});

/** Bilinear interpolation at the middle of a pixel, with no short cut. */
function isIn(
  values: Float32Array,
  grid: { width: number; height: number },
  original: typeof grid,
  x: number,
  y: number,
) {
  const place = (pixel: number, side: number, cells: number): [number, number, number] => {
    const at = Math.min(Math.max(((pixel + 0.5) * cells) / side - 0.5, 0), cells - 1);
    return [Math.floor(at), Math.min(Math.floor(at) + 1, cells - 1), at - Math.floor(at)];
  };
  const [left, right, across] = place(x, original.width, grid.width);
  const [top, bottom, down] = place(y, original.height, grid.height);
  const value = (column: number, row: number): number => values[row * grid.width + column]!;
  const above = value(left, top) * (1 - across) + value(right, top) * across;
  const below = value(left, bottom) * (1 - across) + value(right, bottom) * across;
  return above * (1 - down) + below * down > 0;
}

it('a mask is what interpolation pixel by pixel gives, cropped to the box', () => {
  const side = fc.integer({ min: 1, max: 23 });
  const cells = fc.integer({ min: 1, max: 6 });
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      cells,
      cells,
      fc.tuple(part, part, part, part),
      fc.infiniteStream(fc.integer({ min: -2, max: 2 })),
      (...given) => {
        const [width, height, columns, rows, [a, b, c, d], numbers] = given;
        const original = { width, height };
        const grid = { width: columns, height: rows };
        const values = Float32Array.from(
          { length: columns * rows },
          () => 0.739 * (numbers.next().value as number) + 0.123,
        );
        const box = Float32Array.of(
          Math.min(a, b) * width,
          Math.min(c, d) * height,
          Math.max(a, b) * width,
          Math.max(c, d) * height,
        );
        const geometry: ImageGeometry = stretched(original, { width: 4 * columns, height: 4 * rows });
        const mask = createMaskReader()(gridOf(values, grid), 0, box, geometry);
        const [left, top, right, bottom] = Array.from(box, Math.ceil);
        const bitmap = Uint8Array.from({ length: width * height }, (_, pixel) => {
          const [x, y] = [pixel % width, Math.floor(pixel / width)];
          const isInBox = x >= left! && x < right! && y >= top! && y < bottom!;
          return isInBox && isIn(values, grid, original, x, y) ? 1 : 0;
        });
        expect(mask.toCocoString()).toBe(Mask.fromBitmap(bitmap, original).toCocoString());
      },
    ),
  );
});

it('values of prototypes are their sum, each times a coefficient, however many there are', () => {
  const [count, height, width] = [19, 5, 7];
  const numbers = (length: number): Float32Array => Float32Array.from({ length }, (_, at) => Math.sin(7 * at + 1));
  const [data, coefficients] = [numbers(count * height * width), numbers(count)];
  const outputs = { q: createTensor('float32', [1, count, height, width], data) };
  const rows = { data: coefficients, offset: 0, numAnchors: 1, numRows: count, rowStride: 1, anchorStride: count };
  const out = new Float32Array(12);
  createPrototypeMasks('yolov8', 'q')(outputs, 0)
    .gridOf(rows, 0)
    .read(0, { left: 2, top: 1, right: 6, bottom: 4 }, out);
  const wanted = Array.from(out, (_, at) => {
    const cell = (1 + Math.floor(at / 4)) * width + 2 + (at % 4);
    return coefficients.reduce((sum, value, k) => sum + value * data[k * height * width + cell]!, 0);
  });
  expect(expectClose(out, wanted, 1e-5)).toBeLessThan(1e-5);
});

function gridOf(values: Float32Array, size: { width: number; height: number }): MaskGrid {
  return {
    ...size,
    read(_anchor, { left, top, right, bottom }, out) {
      for (let row = top; row < bottom; row++) {
        out.set(values.subarray(row * size.width + left, row * size.width + right), (row - top) * (right - left));
      }
    },
  };
}

describe('yolov8 refuses options that contradict its task', () => {
  const labels = ['a', 'b'].map((name, id) => ({ id, name }));
  const size = { width: 64, height: 64 };
  it.each([
    [{ task: 'segment', outputs: { predictions: 'p' } }, 'task "segment" needs the output of its prototypes'],
    [{ outputs: { predictions: 'p', prototypes: 'q' } }, 'belongs to task "segment"'],
    [{ task: 'pose', outputs: { predictions: 'p' } }, 'set head.keypoints'],
    [{ task: 'obb', keypoints: 17, outputs: { predictions: 'p' } }, 'belongs to task "pose"'],
    [{ task: 'obb', extraRows: 1, outputs: { predictions: 'p' } }, 'head.extraRows leaves out what task "obb" reads'],
    [
      { task: 'masks', outputs: { predictions: 'p' } },
      'head.task is "masks", expected one of detect, segment, pose, obb',
    ],
  ])('%j', (head, message) => {
    expect(() => createHead(specOf({ type: 'yolov8', ...head }, labels, size), 'detections')).toThrow(message);
  });
});
