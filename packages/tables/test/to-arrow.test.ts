import { tableToIPC } from '@uwdata/flechette';
import type { DataType, Table } from '@uwdata/flechette';
import * as aq from 'arquero';
import type { ColumnTable } from 'arquero';
import { describe, expect, it } from 'vitest';
import { margin } from '@qualm/strategies';
import { Box2d, ClassScores, ClassScoresColumn, Detections, DetectionsColumn, Image } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import { explode, score, toArrow } from '../src/index.ts';

const labels = [{ id: 1, name: 'cat' }];
const box = Float32Array.of(1, 2, 3.5, 4);
const found = {
  class_scores: new ClassScores(box, Float32Array.of(0.75, 0.25), Int32Array.of(1, 2), 2),
  detections: new Detections(box, Float32Array.of(0.75), Int32Array.of(1)),
};

/** What `predict` gives of two images, the second of which is broken; of none; or of broken ones
 * alone.
 */
function predictions(form: OutputForm, which: 'some' | 'none' | 'broken'): ColumnTable {
  const rows = { some: [found[form], null], none: [], broken: [null, null] }[which];
  const column =
    form === 'detections'
      ? DetectionsColumn.from(rows as (Detections | null)[])
      : ClassScoresColumn.from(rows as (ClassScores | null)[]);
  const error = { code: 'image-invalid', message: 'broken' };
  return aq.table({
    image_id: rows.map((_, at) => `image ${at}`),
    image: rows.map((row, at) => (row ? Image.fromUri('file:///a.jpg') : `b${at}.jpg`)),
    width: rows.map((row) => (row ? 40 : null)),
    height: rows.map((row) => (row ? 30 : null)),
    detections: column as never,
    error: rows.map((row) => (row ? null : error)),
  });
}

/** As pyarrow 26.0.1 prints the schemas of shards that `createParquetSink` writes. */
const shared = { image_id: 'string', image: 'string', width: 'int32', height: 'int32' };
const boxType =
  'struct<xmin: float not null, ymin: float not null, xmax: float not null, ymax: float not null> not null';
const schemas: Readonly<Record<OutputForm, Readonly<Record<string, string>>>> = {
  class_scores: {
    ...shared,
    detections: `list<element: struct<box: ${boxType}, scores: list<element: float not null> not null, label_ids: list<element: int32 not null> not null> not null>`,
    error: 'struct<code: string not null, message: string not null>',
  },
  detections: {
    ...shared,
    detections: `list<element: struct<box: ${boxType}, score: float not null, label_id: int32 not null, label: string> not null>`,
    error: 'struct<code: string not null, message: string not null>',
  },
};

function schemaOf(table: Table): Record<string, string> {
  return Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, nameOf(type)]));
}

function nameOf(type: DataType): string {
  const {
    children = [],
    bitWidth,
    precision,
  } = type as {
    children?: { name: string; type: DataType; nullable: boolean }[];
    bitWidth?: number;
    precision?: number;
  };
  const fields = (children ?? []).map(
    (child) => `${child.name}: ${nameOf(child.type)}${child.nullable ? '' : ' not null'}`,
  );
  switch (type.typeId) {
    case 2:
      return `int${bitWidth}`;
    case 3:
      return precision === 1 ? 'float' : 'double';
    case 5:
      return 'string';
    case 12:
      return `list<${fields.join(', ')}>`;
    case 13:
      return `struct<${fields.join(', ')}>`;
    default:
      return String(type.typeId);
  }
}

describe.each(['class_scores', 'detections'] as const)('a table of %s', (form) => {
  it.each(['some', 'none', 'broken'] as const)('of %s has the Arrow schema of its Parquet', (which) => {
    const table = toArrow(predictions(form, which), { labels });
    expect(schemaOf(table)).toEqual(schemas[form]);
    expect(tableToIPC(table, {})!.length).toBeGreaterThan(100);
  });

  it('is JSON of the same shape', () => {
    const { detections } = JSON.parse(predictions(form, 'some').toJSON({ type: 'columns' })) as Record<
      string,
      unknown[]
    >;
    const place = { xmin: 1, ymin: 2, xmax: 3.5, ymax: 4 };
    const row = form === 'detections' ? { score: 0.75, label_id: 1 } : { scores: [0.75, 0.25], label_ids: [1, 2] };
    expect(detections).toEqual([[{ box: place, ...row }], null]);
    expect(predictions(form, 'none').toJSON()).toBe('[]');
  });
});

describe('toArrow(table)', () => {
  it('holds the values of the rows that the table shows, in its order', () => {
    const table = predictions('detections', 'some');
    const rows = toArrow(table.orderby(aq.desc('image_id')), { labels }).toArray() as Record<string, unknown>[];
    expect(rows.map(({ image }) => image)).toEqual(['b1.jpg', 'file:///a.jpg']);
    expect(rows[0]).toMatchObject({ detections: null, error: { code: 'image-invalid', message: 'broken' } });
    expect(rows[1]!['detections']).toEqual([
      { box: { xmin: 1, ymin: 2, xmax: 3.5, ymax: 4 }, score: 0.75, label_id: 1, label: 'cat' },
    ]);
    const [only] = toArrow(table.filter((row: { image: string }) => row.image === 'b1.jpg')).toArray();
    expect(only).toMatchObject({ image_id: 'image 1' });
  });

  it('keeps whole numbers as ids, and what is exploded and scored', () => {
    const table = predictions('class_scores', 'some').assign(aq.table({ image_id: [7, 8] }));
    const boxes = score(explode(table, 'detections', { labels }), margin);
    const arrow = toArrow(boxes);
    expect(schemaOf(arrow)).toMatchObject({
      ...{ image_id: 'int64', image: 'string', box: boxType.replace(/ not null$/, '') },
      ...{ scores: 'list<element: float not null>', label_ids: 'list<element: int32 not null>' },
      ...{ labels: 'list<element: string>', margin: 'double' },
      ...{ score: 'float', label_id: 'int32', label: 'string' },
      ...{ second_score: 'float', second_label_id: 'int32', second_label: 'string' },
    });
    expect(arrow.toArray()).toMatchObject([{ image_id: 7, scores: Float32Array.of(0.75, 0.25), margin: 0.5 }]);
  });
});

describe('JSON', () => {
  it('of boxes and images is what Parquet stores of them', () => {
    const values = [new Box2d(Math.fround(0.1), 0, 1, 2), new Box2d(0, 0, 1, 1, 'relative'), Image.fromUri('a.jpg')];
    expect(JSON.parse(JSON.stringify([...values, Image.fromBytes(Uint8Array.of(1))]))).toEqual([
      { xmin: 0.1, ymin: 0, xmax: 1, ymax: 2 },
      { xmin: 0, ymin: 0, xmax: 1, ymax: 1, space: 'relative' },
      'a.jpg',
      null,
    ]);
  });
});
