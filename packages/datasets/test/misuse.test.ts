import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as datasets from '../src/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

const options = place({}, 'undefined', 'object');
const columns = place({ a: [1] });
const sinkOptions = { form: 'detections', labels: [], fingerprint: 'x', resume: true } as const;

function callsIn(folder: string): Readonly<Record<string, readonly Place[]>> {
  const at = (name: string): Place => place(join(folder, name), 'text');
  const results = place({ image_id: [1], detections: [null] });
  return {
    cocoSizes: [place({ image_id: [1], width: [1], height: [1] })],
    createMemorySink: [],
    createNdjsonSink: [place(() => undefined, 'function'), options],
    createParquetSink: [at('out'), place(sinkOptions)],
    createEmbeddingsSink: [at('embeddings.npz'), place({ dimensions: 2 })],
    createScoresSink: [at('scores.npz'), place({ labels: [] })],
    createSizeDifferences: [],
    formatCsv: [columns, options],
    mergePredictions: [place([join(folder, 'a')], 'array'), at('merged'), options],
    createImageSource: [place(0, 'number'), place(() => 'a', 'function'), place(() => null, 'function')],
    createPassedOverList: [],
    openFolder: [place(folder), options],
    openImages: [place(['a.jpg'], 'array')],
    openImageStream: [place((async function* () {})())],
    readCoco: [at('a.json'), options],
    readImageStates: [place(datasets.openImages([]), 'array'), options],
    readLabels: [at('labels.txt')],
    readEmbeddings: [at('a.parquet')],
    readParquet: [at('a.parquet')],
    readPredictionInfo: [at('out')],
    readPredictionColumns: [at('out'), place(['camera'], 'array'), options],
    readPredictionOrigin: [at('out')],
    listPredictionShards: [at('out'), options],
    readPredictionShards: [at('out'), options],
    readPredictions: [at('out'), options],
    shareOf: [place(datasets.openImages([]), 'array'), place({ index: 1, count: 2 })],
    shareOfId: [place('a.jpg', 'text', 'empty', 'number'), place(2, 'number')],
    writeCocoResults: [at('results.json'), results, options],
    writeCsv: [at('a.csv'), columns, options],
    writeFileWhole: [at('a.txt'), place('text', 'text', 'empty', 'array')],
    writeParquet: [at('a.parquet'), columns, options],
  };
}

describe.each(functionsOf(datasets))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    const calls = callsIn(await temporaryFolder());
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    'readCoco()',
    () => datasets.readCoco(undefined as never),
    'readCoco: its path is undefined; expected a path, such as',
  ],
  [
    "readCoco with boxes: 'xyxy'",
    () => datasets.readCoco('a.json', { boxes: 'xyxy' as never }),
    "readCoco: boxes is \"xyxy\"; expected 'pixels' or 'relative'",
  ],
  [
    "openImages('a.jpg')",
    () => datasets.openImages('a.jpg' as never),
    "openImages: its list is \"a.jpg\"; expected an array, such as ['a.jpg', 'b.jpg']",
  ],
  [
    "readImageStates(['a.jpg'])",
    () => datasets.readImageStates(['a.jpg'] as never),
    'readImageStates: an image of its source is "a.jpg"; expected a source of images, such as await openFolder(\'photos\')',
  ],
  [
    "createParquetSink('out')",
    () => datasets.createParquetSink('out', undefined as never),
    'createParquetSink: its options is undefined; expected an object, such as',
  ],
  [
    'createParquetSink without a form',
    () => datasets.createParquetSink('out', { labels: [], fingerprint: 'x' } as never),
    "createParquetSink: form is undefined; expected 'detections' or 'class_scores'",
  ],
  [
    'writeCsv of a column that is text',
    () => datasets.writeCsv('a.csv', { margin: 'high' } as never),
    'formatCsv: column "margin" is "high"; expected an array, or a column of a table',
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});
