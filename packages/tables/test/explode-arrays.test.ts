import * as aq from 'arquero';
import { Box2d } from '@qualm/types';
import { margin } from '@qualm/strategies';
import { expect, it } from 'vitest';
import { explode, explodeOuter, score } from '../src/index.ts';

const box = new Box2d(1, 2, 3, 4);
const other = new Box2d(0, 0, 5, 5);

it('explode(table, column of arrays of detections) has a row for each', () => {
  const rows = [
    [
      { box, score: 0.5, label_id: 3 },
      { box: other, score: 0.25, label_id: 1 },
    ],
    [],
    null,
  ];
  const table = aq.table({ id: [7, 8, 9], detections: rows });
  const exploded = explode(table, 'detections', { labels: [{ id: 3, name: 'cat' }] });
  expect(exploded.objects()).toEqual([
    { id: 7, box, score: 0.5, label_id: 3, label: 'cat' },
    { id: 7, box: other, score: 0.25, label_id: 1, label: null },
  ]);
  expect(explodeOuter(table, 'detections').array('id')).toEqual([7, 7, 8, 9]);
});

it('explode(table, column of arrays of scored boxes) has their vectors', () => {
  const scored = [{ box, scores: Float32Array.of(0.5, 0.25), label_ids: Int32Array.of(2, 1) }];
  const exploded = score(explode(aq.table({ detections: [[], scored] }), 'detections'), margin);
  expect(exploded.objects()).toMatchObject([{ box, margin: 0.25 }]);
});
