import { describe, expect, it } from 'vitest';
import type { SparkModel, SparkSession } from '../src/index.ts';
import { createSpark } from '../src/index.ts';

/** A session that nothing may be asked of. */
const session: SparkSession = {
  serverSessionId: null,
  version: '4.3.0',
  sql: (text) => Promise.reject(new Error(`asked ${text}`)),
  uploadFile: () => Promise.reject(new Error('sent a file')),
  uploadArchive: () => Promise.reject(new Error('sent an archive')),
  interrupt: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
const spark = createSpark(session, {
  worker: { path: '/opt/qualm' },
  models: { yolox: { spec: '/models/yolox.json' } },
});
const options = { from: 'photos', model: 'yolox', into: 'predictions' };

describe('predict refuses before it asks Spark anything', () => {
  it.each([
    [{ from: '' }, 'from is ""'],
    [{ into: 5 }, 'into is 5'],
    [{ minScore: 2 }, 'minScore is 2'],
    [{ topK: 0 }, 'topK is 0'],
    [{ imagesPerPartition: 1.5 }, 'imagesPerPartition is 1.5'],
    [{ rows: 'all' }, 'rows is "all"'],
    [{ form: 'boxes' }, 'form is "boxes"'],
    [{ model: 'ssd' }, 'there is no model "ssd"; the models are: yolox'],
    [{ model: {} }, 'spec is undefined'],
    [{ into: 'db.my table' }, 'a table cannot be called "my table"'],
    [{ into: 'db.' }, 'is not the name of a table'],
  ])('%j', async (change, words) => {
    await expect(spark.predict({ ...options, ...(change as object) })).rejects.toThrow(words);
  });
});

describe('rank refuses before it asks Spark anything', () => {
  it.each([
    [{}, 'a strategy, such as margin'],
    [{ strategy: 'margin', measure: 'spread' }, 'one of both'],
    [{ strategy: 'leastConfidence' }, 'strategy is "leastConfidence"'],
    [{ strategy: 'margin', aggregate: 'median' }, 'aggregate is "median"'],
    [{ strategy: 'margin', aggregate: { topKMean: 0 } }, 'aggregate.topKMean is 0'],
    [{ strategy: 'margin', limit: 0 }, 'limit is 0'],
  ])('%j', async (change, words) => {
    await expect(spark.rank({ table: 'predictions', ...(change as object) })).rejects.toThrow(words);
  });
});

it('createModel refuses a model without a spec', () => {
  expect(() => spark.createModel('ssd', { folder: { upload: 'ssd.tgz' } } as unknown as SparkModel)).toThrow('spec');
});

it('createModel refuses a folder that comes from two places', () => {
  const folder = { upload: 'ssd.tgz', path: '/models' };
  expect(() => spark.createModel('ssd', { folder, spec: 'spec.json' })).toThrow(
    '{ upload } or { archive } or { path }',
  );
});
