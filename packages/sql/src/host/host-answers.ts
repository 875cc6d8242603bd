import type { Vision } from '@qualm/types';
import { cropImages } from './crop-images.ts';
import type { Functions } from './functions.ts';
import type { ImageSources } from './image-sources.ts';
import type { Models } from './models.ts';
import { predictImages } from './predict-images.ts';
import type { QueryTally } from './query-tally.ts';
import type { ShardLists } from './shard-lists.ts';
import type { HostAnswers } from './start-engine.ts';

/** The statement whose functions ask. */
export interface RunningStatement {
  readonly tally: QueryTally;
  readonly signal: AbortSignal;
}

/** What answers DuckDB's thread. */
export interface HostParts {
  readonly models: Models;
  readonly sources: ImageSources;
  readonly shards: ShardLists;
  readonly functions: Functions;
  readonly vision: Vision | undefined;
  running(): RunningStatement;
}

export function createHostAnswers({ models, sources, shards, functions, vision, running }: HostParts): HostAnswers {
  return {
    resolve: async (definition) => ({ value: await models.resolve(definition) }),
    adopt: ({ facts }) => {
      models.adopt(facts);
      return Promise.resolve({ value: null });
    },
    drop: async ({ name }) => {
      await models.drop(name);
      return { value: null };
    },
    fingerprint: async ({ name }) => ({ value: await models.fingerprint(name) }),
    async predict({ name, images, onError, cached }) {
      const { tally, signal } = running();
      tally.cached(cached);
      const value = await predictImages(await models.load(name), images, onError, signal, (error) => {
        tally.predicted(error);
      });
      const { counts, boxes, scores, labelIds } = value;
      return { value, transfer: [counts, boxes, scores, labelIds].map(({ buffer }) => buffer as ArrayBuffer) };
    },
    call: ({ name, columns }) => Promise.resolve({ value: functions.call(name, columns) }),
    score(request) {
      const value = functions.score(request);
      return Promise.resolve({ value, transfer: [value.buffer as ArrayBuffer] });
    },
    async crop(request) {
      const { tally } = running();
      const value = await cropImages(vision, request, (error) => {
        tally.predicted(error);
      });
      return { value };
    },
    async images(request) {
      const value = await sources.answer(request);
      if (request.limit === 0) running().tally.expect(value.length);
      return { value };
    },
    async shards({ folder }) {
      const { tally } = running();
      const value = await shards.list(folder, (message) => {
        tally.warn(message);
      });
      return { value };
    },
  };
}
