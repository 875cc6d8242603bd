import * as aq from 'arquero';
import { describe, expect, it } from 'vitest';
import { Box2d, ClassScores, DetectionsColumn, Mask } from '@qualm/types';
import type { Detections, ScoresColumn } from '@qualm/types';
import { detectionsFromArray } from '../src/detections-from-array.ts';
import { explode, explodeOuter } from '../src/explode.ts';
import { toArrow } from '../src/to-arrow.ts';
import { tableOfColumns } from '../src/table-of-columns.ts';
import { classScores, detections, labels } from './example-columns.ts';

const images = tableOfColumns({ image_id: ['a', 'b', 'c', 'd'], detections });

describe('explode(table, column)', () => {
  it('gives one row for each box and drops rows with none, as Spark does', () => {
    const table = explode(images, 'detections', { labels });
    expect(table.columnNames()).toEqual(['image_id', 'box', 'score', 'label_id', 'label']);
    expect(table.array('image_id')).toEqual(['a', 'a', 'd']);
    expect(Array.from(table.array('score') as Float32Array)).toEqual([Math.fround(0.9), 0.25, 0.5]);
    expect(table.array('label')).toEqual(['person', 'car', null]);
    expect(table.get('box', 1).toString()).toBe(detections.at(0)!.at(1)!.box.toString());
  });

  it('gives vectors of class scores over one flat matrix', () => {
    const table = explode(tableOfColumns({ id: [1, 2, 3, 4], detections: classScores }), 'detections', { labels });
    expect(table.columnNames()).toEqual([
      ...['id', 'box', 'scores', 'label_ids', 'labels'],
      ...['score', 'label_id', 'label', 'second_score', 'second_label_id', 'second_label'],
    ]);
    expect(Array.from(table.get('scores', 0))).toEqual([0.5, 0.25]);
    expect(table.get('labels', 2)).toEqual(['car', 'person']);
    expect((table.column('scores') as unknown as ScoresColumn).matrix).toBe(classScores.scores);
  });

  it('gives the best and the second class of class scores as columns, by which rows group', () => {
    const table = explode(tableOfColumns({ id: [1, 2, 3, 4], detections: classScores }), 'detections', { labels });
    expect(table.select('label', 'score', 'label_id', aq.startswith('second')).objects()).toEqual([
      { label: 'person', score: 0.5, label_id: 1, second_label: 'car', second_score: 0.25, second_label_id: 3 },
      { label: 'car', score: 0.5, label_id: 3, second_label: 'person', second_score: 0.5, second_label_id: 1 },
      { label: 'car', score: 1, label_id: 3, second_label: 'person', second_score: 0, second_label_id: 1 },
    ]);
    expect(table.groupby('label', 'second_label').count().orderby('count').array('count')).toEqual([1, 2]);
  });

  it('has null for the second class where there is one class alone', () => {
    const detections = [new ClassScores(new Float32Array(4), Float32Array.of(0.5), Int32Array.of(3), 1)];
    const [row] = explode(aq.table({ detections }), 'detections', { labels }).objects();
    expect(row).toMatchObject({ label: 'car', score: 0.5, second_label: null, second_score: null });
  });

  it('honours the filter and the order of the table', () => {
    const some = images
      .filter(aq.escape((row: { image_id: string }) => row.image_id !== 'b'))
      .orderby(aq.desc('image_id'));
    expect(explode(some, 'detections').array('image_id')).toEqual(['d', 'a', 'a']);
  });

  it('groups and counts by Arquero itself', () => {
    const counts = explode(images, 'detections').groupby('image_id').count().orderby('image_id');
    expect(counts.objects()).toEqual([
      { image_id: 'a', count: 2 },
      { image_id: 'd', count: 1 },
    ]);
  });

  it('says which columns there are when the named one is not', () => {
    expect(() => explode(images, 'boxes')).toThrow(/no column "boxes"; the table has image_id, detections/);
    expect(() => explode(images, 'image_id')).toThrow(/row 0 of "image_id" is neither Detections nor ClassScores/);
  });
});

describe('explodeOuter(table, column)', () => {
  it('keeps rows with no boxes as one row of nulls', () => {
    const table = explodeOuter(images, 'detections');
    expect(table.array('image_id')).toEqual(['a', 'a', 'b', 'c', 'd']);
    expect(table.array('label_id')).toEqual([1, 3, null, null, 7]);
    expect(table.get('box', 2)).toBeNull();
  });
});

it('explode(table, column) gives what stands beside boxes', () => {
  const mask = Mask.fromBitmap(Uint8Array.of(1, 0, 0, 1), { width: 2, height: 2 });
  const rotated = { cx: 1, cy: 2, width: 3, height: 4, angle: 0.5 };
  const rows = [
    {
      box: new Box2d(0, 0, 2, 2),
      score: 0.5,
      label_id: 1,
      mask,
      keypoints: Float32Array.of(1, 1, 0.5),
      rotated_box: rotated,
    },
  ];
  const table = explode(aq.table({ id: [7, 8], detections: [rows, []] }), 'detections');
  expect(table.columnNames()).toEqual(['id', 'box', 'score', 'label_id', 'mask', 'keypoints', 'rotated_box']);
  expect((table.get('mask', 0) as Mask).iou(mask)).toBe(1);
  expect(table.get('keypoints', 0)).toEqual(Float32Array.of(1, 1, 0.5));
  expect(table.get('rotated_box', 0)).toEqual(rotated);

  const arrow = toArrow(table);
  expect(arrow.get(0)).toMatchObject({ mask: mask.toCocoString(), rotated_box: rotated });
  expect(Array.from((arrow.get(0) as { keypoints: Float32Array }).keypoints)).toEqual([1, 1, 0.5]);
  const column = DetectionsColumn.from([detectionsFromArray(rows) as Detections]);
  const whole = toArrow(tableOfColumns({ detections: column }));
  expect((whole.get(0) as { detections: object[] }).detections[0]).toMatchObject({
    mask: mask.toCocoString(),
    score: 0.5,
  });
});
