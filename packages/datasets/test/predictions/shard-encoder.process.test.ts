import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { ClassScores, Detections, Image } from '@qualm/types';
import type { OutputForm, Label, Prediction } from '@qualm/types';
import { createPredictionBatchBuilder } from '../../src/predictions/prediction-batch.ts';
import { readPredictions } from '../../src/predictions/read-predictions.ts';
import { createShardEncoder } from '../../src/predictions/shard-encoder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const labels: Label[] = [
  { id: 0, name: 'a' },
  { id: 90, name: 'b' },
];
const labelId = fc.constantFrom(0, 1, 90, 65_535);
const strangeId = fc.oneof(labelId, fc.constantFrom(-1, 65_536, 2 ** 31 - 1));

function arrays(
  count: number,
  perBox: number,
  id: fc.Arbitrary<number>,
): fc.Arbitrary<[Float32Array, Float32Array, Int32Array]> {
  const floats = (length: number): fc.Arbitrary<Float32Array> =>
    fc.float32Array({ minLength: length, maxLength: length, noNaN: true });
  const ids = fc.array(id, { minLength: count * perBox, maxLength: count * perBox }).map((all) => Int32Array.from(all));
  return fc.tuple(floats(4 * count), floats(count * perBox), ids);
}

type Found = Detections | ClassScores;

function detections(form: OutputForm, numClasses: number): fc.Arbitrary<Found | null> {
  const boxes = (count: number): fc.Arbitrary<Found> =>
    form === 'detections'
      ? arrays(count, 1, strangeId).map((parts): Found => new Detections(...parts))
      : arrays(count, numClasses, labelId).map((parts): Found => new ClassScores(...parts, numClasses));
  return fc.option(fc.nat({ max: 9 }).chain(boxes), { freq: 3 });
}

function batches(form: OutputForm): fc.Arbitrary<Prediction[][]> {
  return fc.integer({ min: 1, max: 20 }).chain((numClasses) =>
    fc.array(
      fc.array(
        fc.record({
          index: fc.nat(),
          image_id: fc.string({ unit: 'grapheme' }),
          image: fc.webUrl().map((uri) => Image.fromUri(uri)),
          size: fc.option(fc.record({ width: fc.nat(), height: fc.nat() })),
          detections: detections(form, numClasses),
          error: fc.option(fc.record({ code: fc.constant('io' as const), message: fc.string() })),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  );
}

function encode(form: OutputForm, groups: Prediction[][]): Uint8Array {
  const encoder = createShardEncoder({ form, labels, fingerprint: 'f', imageIdType: 'string' });
  const builder = createPredictionBatchBuilder(form);
  for (const group of groups) {
    for (const row of group) builder.add(row);
    encoder.add(builder.take());
  }
  return encoder.finish().slice();
}

/** Rows as hyparquet's own assembly of nested columns gives them, which shares no code with ours.
 */
function asRead(form: OutputForm, { image_id, image, size, detections: found, error }: Prediction): unknown {
  const elements =
    found &&
    Array.from({ length: found.length }, (_, i) => {
      const [xmin, ymin, xmax, ymax] = found.boxes.subarray(4 * i);
      const box = { xmin, ymin, xmax, ymax };
      if (found.form === 'class_scores') {
        const part = <T>(values: Iterable<T>): T[] =>
          [...values].slice(i * found.numClasses, (i + 1) * found.numClasses);
        return { box, scores: part(found.scores), label_ids: part(found.labelIds) };
      }
      const label_id = found.labelIds[i]!;
      return { box, score: found.scores[i], label_id, label: labels.find(({ id }) => id === label_id)?.name };
    });
  return { image_id, image: image.uri, width: size?.width, height: size?.height, detections: elements, error, form };
}

const loosely = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, field: unknown) => (field === null ? undefined : Object.is(field, -0) ? '-0' : field)),
  );

describe.each<OutputForm>(['detections', 'class_scores'])('createShardEncoder(%s)', (form) => {
  it('writes what the general reader of hyparquet reads', async () => {
    await fc.assert(
      fc.asyncProperty(batches(form), async (groups) => {
        const file = encode(form, groups).buffer as ArrayBuffer;
        const rows = (await parquetReadObjects({ file })).map((row) => ({ ...row, form }));
        expect(loosely(rows)).toEqual(loosely(groups.flat().map((row) => asRead(form, row))));
      }),
      { numRuns: 30 },
    );
  });

  it('writes what readPredictions reads', async () => {
    const path = join(await temporaryFolder(), 'part-00000.parquet');
    await fc.assert(
      fc.asyncProperty(batches(form), async (groups) => {
        await writeFile(path, encode(form, groups));
        const { columns } = await readPredictions(path);
        const wanted = groups.flat();
        expect([...columns.image_id]).toEqual(wanted.map(({ image_id }) => image_id));
        expect([...columns.error]).toEqual(wanted.map(({ error }) => error));
        wanted.forEach((row, index) => {
          const [found, given] = [columns.detections.at(index), row.detections];
          expect(found === null).toBe(given === null);
          expect(found?.boxes).toEqual(given?.boxes);
          expect(found?.scores).toEqual(given?.scores);
          expect(found?.labelIds).toEqual(given?.labelIds);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same bytes for the same predictions', () => {
    fc.assert(
      fc.property(batches(form), (groups) => {
        expect(Buffer.compare(encode(form, groups), encode(form, groups))).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
