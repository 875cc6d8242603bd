import { describe, expect, it } from 'vitest';
import {
  BoxShapes,
  ClassScores,
  ClassScoresColumn,
  Detections,
  DetectionsColumn,
  Mask,
  MaskColumn,
} from '../src/index.ts';
import type { RowShapes } from '../src/index.ts';

const small = Mask.fromBitmap(Uint8Array.of(1, 0, 0, 1, 1, 0), { width: 3, height: 2 });
const large = Mask.fromPolygons([[1, 1, 40, 1, 40, 30, 1, 30]], { width: 64, height: 48 });
const turned = { cx: 5, cy: 6, width: 7, height: 8, angle: 0.25 };

function rowsOf(masks: readonly Mask[]): RowShapes[] {
  return masks.map((mask, row) => ({
    mask,
    keypoints: Float32Array.of(row, 1, 0.5, 2, 3, 0.25),
    rotated_box: { ...turned, cx: row },
  }));
}

function detections(masks: readonly Mask[]): Detections {
  const count = masks.length;
  const shapes = BoxShapes.from(rowsOf(masks));
  return new Detections(new Float32Array(4 * count), new Float32Array(count), new Int32Array(count), shapes);
}

const texts = (shapes: BoxShapes): (string | undefined)[] =>
  Array.from({ length: shapes.length }, (_, row) => shapes.at(row).mask?.toCocoString());

describe('MaskColumn', () => {
  it('from(masks) gives them back, whatever their sizes and encodings', () => {
    const masks = [small, large, Mask.fromRle([3, 2, 2], { width: 7, height: 1 })];
    const column = MaskColumn.from(masks);
    expect(Array.from(column, (mask) => [mask.size, mask.toCocoString()])).toEqual(
      masks.map((mask) => [mask.size, mask.toCocoString()]),
    );
    expect(column.slice(1, 3).at(0)!.iou(large)).toBe(1);
    expect([column.at(3), column.at(-1)!.area]).toEqual([undefined, 2]);
  });

  it('at(row) refuses counts that are damaged or of another size', () => {
    const { counts, offsets } = MaskColumn.from([small]);
    expect(() => new MaskColumn({ counts, offsets, sizes: Uint32Array.of(4, 2) }).at(0)).toThrow(RangeError);
    expect(() => new MaskColumn({ counts: counts.fill(32), offsets, sizes: Uint32Array.of(3, 2) }).at(0)).toThrow(
      'compressed counts hold " "',
    );
  });

  it('refuses arrays that do not belong together', () => {
    const { counts, offsets, sizes } = MaskColumn.from([small, large]);
    expect(() => new MaskColumn({ counts, offsets, sizes: sizes.subarray(2) })).toThrow('expected one offset more');
    expect(() => new MaskColumn({ counts: counts.subarray(1), offsets, sizes })).toThrow('none past the last');
    expect(() => new MaskColumn({ counts, offsets: offsets.toReversed(), sizes })).toThrow('ascending');
  });
});

describe('BoxShapes', () => {
  it('rows of detections have what stands beside their box', () => {
    const row = detections([small, large]).at(1)!;
    expect(row.mask!.area).toBe(large.area);
    expect(row.keypoints).toEqual(Float32Array.of(1, 1, 0.5, 2, 3, 0.25));
    expect(row.rotated_box).toEqual({ ...turned, cx: 1 });
    expect(Object.keys(new Detections(new Float32Array(4), new Float32Array(1), new Int32Array(1)).at(0)!)).toEqual([
      'box',
      'score',
      'label_id',
    ]);
  });

  it('slice, gather and join keep rows together', () => {
    const shapes = BoxShapes.from(rowsOf([small, large, small, large]))!;
    expect(texts(shapes.slice(1, 3))).toEqual([large, small].map((mask) => mask.toCocoString()));
    const gathered = shapes.gather([3, 0]);
    expect(texts(gathered)).toEqual([large, small].map((mask) => mask.toCocoString()));
    expect(Array.from({ length: 2 }, (_, row) => gathered.at(row).rotated_box!.cx)).toEqual([3, 0]);
    const joined = BoxShapes.join([
      { length: 2, shapes: shapes.slice(2, 4) },
      { length: 0 },
      { length: 1, shapes: shapes.slice(0, 1) },
    ])!;
    expect(texts(joined)).toEqual([small, large, small].map((mask) => mask.toCocoString()));
    expect(Array.from({ length: 3 }, (_, row) => joined.at(row).keypoints![0])).toEqual([2, 3, 0]);
  });

  it('join of rows without anything is undefined; of some with and some without it is an error', () => {
    expect(BoxShapes.join([{ length: 3 }, { length: 0 }])).toBeUndefined();
    const shapes = BoxShapes.from(rowsOf([small]))!;
    expect(() => BoxShapes.join([{ length: 1, shapes }, { length: 1 }])).toThrow(
      'some boxes have mask and 2 keypoints and rotated_box beside them, others nothing',
    );
    expect(() => BoxShapes.from([{ mask: small }, {}])).toThrow('row 1 has no mask');
    expect(() => new BoxShapes({ rotatedBoxes: new Float32Array(5) }, 2)).toThrow('1 turned boxes beside 2 boxes');
  });

  it('columns keep them, and structured clone and back does', () => {
    const rows = [detections([small, large]), null, detections([]), detections([large])];
    const column = DetectionsColumn.from(rows);
    expect(texts(column.at(3)!.shapes!)).toEqual([large.toCocoString()]);
    expect(column.all.shapes!.length).toBe(3);
    const { boxes, scores, labelIds, shapes } = structuredClone({ ...rows[0]! });
    expect(new Detections(boxes, scores, labelIds, shapes)).toEqual(rows[0]);

    const scored = rows.map((row) => row && new ClassScores(row.boxes, row.scores, row.labelIds, 1, row.shapes));
    const scoredColumn = ClassScoresColumn.from(scored);
    expect(texts(scoredColumn.at(0)!.toDetections().shapes!)).toEqual(
      [small, large].map((mask) => mask.toCocoString()),
    );
    expect(() =>
      DetectionsColumn.from([rows[0]!, new Detections(new Float32Array(4), new Float32Array(1), new Int32Array(1))]),
    ).toThrow('expected the same of all');
  });

  it('JSON has a mask as COCO has it, and lists of short numbers', () => {
    const [row] = JSON.parse(JSON.stringify(detections([small]))) as unknown[];
    expect(row).toEqual({
      box: { xmin: 0, ymin: 0, xmax: 0, ymax: 0 },
      ...{ score: 0, label_id: 0, mask: { size: [2, 3], counts: small.toCocoString() } },
      ...{ keypoints: [0, 1, 0.5, 2, 3, 0.25], rotated_box: { ...turned, cx: 0 } },
    });
  });
});
