import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, predictStream, readModelSpec } from '@qualm/pipeline';
import { Mask } from '@qualm/types';
import type { HeadDefinition, RowShapes, ShapeKind } from '@qualm/types';
import * as vision from '@qualm/vision';
import { backends, countsOf, rowsOf, toySession, writeToyFolder } from './toy-session.ts';
import type { Row } from './toy-session.ts';

const kinds = ['mask', 'keypoints', 'rotated_box'] as const;

/** A detector of one box, whose scores are those of the toy, with what is named beside it. */
function headWith(type: string, shapes: readonly ShapeKind[]): HeadDefinition {
  return {
    ...{ type, defaults: {}, schema: vision.heads['classifier']!.schema },
    createReader: (_head, { numLabels, size }) => ({
      ...{ outputs: ['scores'], shapes },
      read(outputs, image) {
        const data = outputs['scores']!.data as Float32Array;
        const scores = { data, offset: image * numLabels, numAnchors: 1, numClasses: numLabels };
        return {
          scores: { ...scores, anchorStride: 0, classStride: 1 },
          activation: { floor: (_anchor, threshold) => threshold, score: (_anchor, raw) => raw },
          raw: [],
          readBox: (_anchor, out, at) => {
            out.set([0, 0, size.width, size.height], at);
          },
          masks: {
            ...{ width: 2, height: 1 },
            read: (_anchor, { left, right }, out) => {
              out.set([1, -1].slice(left, right));
            },
          },
          keypoints: {
            numPoints: 1,
            read: (_anchor, out, at) => {
              out.set([size.width / 2, size.height / 4, data[scores.offset]!], at);
            },
          },
          rotatedBoxes: {
            read: (_anchor, out, at) => {
              out.set([size.width / 2, size.height / 2, 4, 2, 0.5], at);
            },
          },
        };
      },
    }),
  };
}

const models: Readonly<Record<string, readonly ShapeKind[]>> = {
  ...Object.fromEntries(kinds.map((kind) => [kind, [kind]])),
  everything: kinds,
};
const heads = {
  ...vision.heads,
  ...Object.fromEntries(Object.entries(models).map(([type, shapes]) => [type, headWith(type, shapes)])),
};
const images = 6;
let folder: string;

beforeAll(async () => {
  folder = await writeToyFolder(images);
  const { spec } = await readModelSpec(join(folder, 'toy.json'));
  for (const type of Object.keys(models))
    await writeFile(join(folder, `${type}.json`), JSON.stringify({ ...spec, head: { ...spec.head, type } }));
});

/** What the pipeline gives for each image, as SQL has it. */
async function wantedRows(type: string, paths: readonly string[], form: 'detections' | 'class_scores') {
  const model = await loadModel(await readModelSpec(join(folder, `${type}.json`), { heads }), {
    ...{ backends, vision, heads, form, minScore: 0 },
  });
  const found = [];
  for await (const { detections } of predictStream(paths, model))
    found.push(Array.from(detections! as Iterable<RowShapes>, inSql));
  await model.dispose();
  return found;
}

function inSql({ mask, keypoints, rotated_box: turned }: RowShapes): object {
  return {
    ...(mask && { mask: mask.toCocoString() }),
    ...(keypoints && { keypoints }),
    ...(turned && { rotated_box: turned }),
  };
}

describe('ML_PREDICT of boxes with shapes', () => {
  it.each([...kinds.map((kind) => [kind, 'detections'] as const), ['everything', 'class_scores'] as const])(
    '%s, %s: gives what the pipeline gives',
    async (type, form) => {
      const shapes = models[type]!;
      const cache = { folder: join(folder, `cache-${type}-${form}`) };
      const create = `CREATE MODEL m OPTIONS (form = '${form}', min_score = 0) USING '${type}.json'`;
      const text = "SELECT image_id, ML_PREDICT(m, image) AS p FROM read_images('.') ORDER BY image_id";
      const first = await toySession(folder, { heads, cache });
      await first.sql(create);
      const found = await rowsOf(first, text);
      const paths = found.map(({ image_id }) => join(folder, image_id as string));
      const wanted = await wantedRows(type, paths, form);
      const rowsIn = (rows: readonly Row[]): unknown[] =>
        rows.map(({ p }) =>
          (p as unknown as Row[]).map((row) => Object.fromEntries(shapes.map((kind) => [kind, row[kind]]))),
        );
      expect(rowsIn(found)).toEqual(wanted);
      expect(rowsIn(await rowsOf(first, text))).toEqual(wanted);
      const [described] = await rowsOf(first, 'DESCRIBE MODEL m');
      for (const kind of kinds) expect(String(described!['row_type']).includes(kind)).toBe(shapes.includes(kind));
      await first.close();
      const second = await toySession(folder, { heads, cache });
      await second.sql(create);
      expect((await countsOf(second, text))[0]).toBe(0);
      expect(rowsIn(await rowsOf(second, text))).toEqual(wanted);
      await second.close();
    },
  );
});

describe('shapes in a query', () => {
  const open = async () => {
    const session = await toySession(folder, { heads });
    await session.sql("CREATE MODEL m OPTIONS (form = 'detections', min_score = 0) USING 'everything.json'");
    return session;
  };

  it('are those of the rows that are kept, and absent of images that are', async () => {
    const session = await open();
    const red =
      "SELECT i, unnest(ML_PREDICT(m, i, min_score := 0.4)) AS d FROM (VALUES ('000.png'), (NULL), ('001.png'), ('002.png'), ('003.png'), ('004.png'), ('005.png')) t(i)";
    const all = red.replace('0.4', '0');
    const [some, every] = [await rowsOf(session, red), await rowsOf(session, all)];
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(every.length);
    expect(some).toEqual(every.filter(({ d }) => (d as unknown as { score: number }).score >= 0.4));
    await session.close();
  });

  it('go into tables and columns of their own', async () => {
    const session = await open();
    await session.sql("CREATE TABLE found AS SELECT unnest(ML_PREDICT(m, '001.png')) AS d");
    const [row] = await rowsOf(
      session,
      'SELECT d.mask, d.keypoints[1] AS x, d.keypoints[2] AS y, d.rotated_box.angle IS NOT NULL AS turned FROM found',
    );
    const left = Mask.fromBitmap(
      Uint8Array.from({ length: 48 }, (_, at) => (at % 8 < 4 ? 1 : 0)),
      { width: 8, height: 6 },
    );
    expect(row).toEqual({ mask: left.toCocoString(), x: 4, y: 1.5, turned: true });
    await session.close();
  });
});
