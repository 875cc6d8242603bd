import { join } from 'node:path';
import { createParquetSink } from '@qualm/datasets';
import { ClassScores, Detections, Image } from '@qualm/types';
import type { Label, RowMeaning } from '@qualm/types';
import { temporaryFolder } from './run-cli.ts';

export const animals: readonly Label[] = ['cat', 'dog', 'bear'].map((name, index) => ({ id: index + 1, name }));

/** A box with the scores of `animals`, or with its best class and that class's score. */
export interface StoredBox {
  readonly box: readonly [xmin: number, ymin: number, xmax: number, ymax: number];
  readonly scores?: readonly number[];
  readonly label_id?: number;
  readonly score?: number;
}

export interface StoredImage {
  readonly image_id: string | number;
  readonly boxes: readonly StoredBox[];
}

/** A folder with predictions that no model made, of images that are nowhere: class scores where the
 * first box has some.
 */
export async function storedPredictions(
  images: readonly StoredImage[],
  rowsPerShard = 256,
  meaning: Partial<RowMeaning> & { readonly labels?: readonly Label[] } = {
    scoreKind: 'distribution',
    task: 'detection',
  },
): Promise<string> {
  const { labels = animals } = meaning;
  const folder = join(await temporaryFolder(), 'predictions');
  const isScored = images.some(({ boxes }) => boxes.some(({ scores }) => scores));
  const form = isScored ? 'class_scores' : 'detections';
  const sink = await createParquetSink(folder, { ...meaning, form, labels, fingerprint: 'none', rowsPerShard });
  for (const [index, { image_id, boxes }] of images.entries()) {
    const size = { width: 100, height: 100 };
    const image = Image.fromUri(`/nowhere/${image_id}.jpg`);
    const detections = isScored ? classScores(boxes, labels) : detectionsOf(boxes);
    await sink.write({ index, image_id, image, size, error: null, detections });
  }
  await sink.close();
  return folder;
}

function classScores(boxes: readonly StoredBox[], labels: readonly Label[]): ClassScores {
  const sorted = boxes.map(({ scores }) => labels.map(({ id }, at) => ({ id, score: scores![at]! })));
  for (const row of sorted) row.sort((a, b) => b.score - a.score);
  return new ClassScores(
    Float32Array.from(boxes.flatMap(({ box }) => box)),
    Float32Array.from(sorted.flatMap((row) => row.map(({ score }) => score))),
    Int32Array.from(sorted.flatMap((row) => row.map(({ id }) => id))),
    labels.length,
  );
}

function detectionsOf(boxes: readonly StoredBox[]): Detections {
  return new Detections(
    Float32Array.from(boxes.flatMap(({ box }) => box)),
    Float32Array.from(boxes, ({ score }) => score!),
    Int32Array.from(boxes, ({ label_id }) => label_id!),
  );
}
