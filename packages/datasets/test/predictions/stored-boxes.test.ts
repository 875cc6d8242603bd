import { describe, expect, it } from 'vitest';
import { createParquetSink } from '../../src/predictions/create-parquet-sink.ts';
import { readPredictions, readPredictionShards } from '../../src/predictions/read-predictions.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { examplePrediction, labels } from './example-predictions.ts';

describe.each(['detections', 'class_scores'] as const)('the boxes of shards of %s', (form) => {
  async function stored(rowsPerShard: number): Promise<string> {
    const folder = await temporaryFolder();
    const sink = await createParquetSink(folder, { form, labels, fingerprint: 'f', rowsPerShard });
    for (let index = 0; index < 37; index++) await sink.write(examplePrediction(form, index));
    await sink.close();
    return folder;
  }

  it('are those of the column', async () => {
    for await (const { boxes, columns } of readPredictionShards(await stored(10))) {
      const { labelIdAt, boxAt, ...arrays } = boxes;
      const { offsets, valid, boxes: corners, scores, labelIds } = columns.detections;
      const { numClasses } = { numClasses: 1, ...columns.detections };
      const length = corners.length / 4;
      expect(arrays).toEqual({ length, offsets, valid, numClasses, boxes: corners, scores, labelIds });
      expect(Array.from(labelIds, (_id, place) => labelIdAt(place))).toEqual([...labelIds]);
      expect(Array.from({ length }, (_, row) => boxAt(row)).flat()).toEqual([...corners]);
    }
  });

  it.each([false, true])('are read in any order, with reuseMemory: %s', async (reuseMemory) => {
    const folder = await stored(3);
    const { columns } = await readPredictions(folder);
    const scores: number[] = [];
    const ids: number[] = [];
    const names: unknown[] = [];
    for await (const { boxes, columns } of readPredictionShards(folder, { reuseMemory })) {
      names.push(...columns.image_id);
      for (let place = 0; place < boxes.length * boxes.numClasses; place++) ids.push(boxes.labelIdAt(place));
      scores.push(...boxes.scores);
    }
    expect(names).toEqual([...columns.image_id]);
    expect(ids).toEqual([...columns.detections.labelIds]);
    expect(scores).toEqual([...columns.detections.scores]);
  });

  it('hold until the next shard is asked for, with reuseMemory, and for good without', async () => {
    const folder = await stored(3);
    const kept: Float32Array[] = [];
    const read: number[][] = [];
    for await (const { boxes } of readPredictionShards(folder)) {
      kept.push(boxes.scores);
      read.push([...boxes.scores]);
    }
    expect(kept.map((scores) => [...scores])).toEqual(read);
    let shard = 0;
    for await (const { boxes } of readPredictionShards(folder, { reuseMemory: true })) {
      await new Promise((resolve) => void setTimeout(resolve, 5));
      expect([...boxes.scores]).toEqual(read[shard++]);
    }
  });
});
