import type { Vision } from '@qualm/types';
import { buffersOf } from '../engine/image-rows.ts';
import type { PredictAnswer } from '../protocol.ts';
import { cropImages } from './crop-images.ts';
import type { Functions } from './functions.ts';
import type { ImageSources } from './image-sources.ts';
import type { Models } from './models.ts';
import type { ImagePredictor } from './predict-images.ts';
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
  readonly images: ImagePredictor;
  readonly shards: ShardLists;
  readonly functions: Functions;
  readonly vision: Vision | undefined;
  running(): RunningStatement;
}

export function createHostAnswers(parts: HostParts): HostAnswers {
  const { models, sources, images: predictor, shards, functions, vision, running } = parts;
  return {
    async resolve(definition) {
      await predictor.stop();
      return { value: await models.resolve(definition) };
    },
    adopt: ({ facts }) => {
      models.adopt(facts);
      return Promise.resolve({ value: null });
    },
    drop: async ({ name }) => {
      await predictor.stop();
      await models.drop(name);
      return { value: null };
    },
    fingerprint: async ({ name }) => ({ value: await models.fingerprint(name) }),
    async predict({ name, images, onError, cached }) {
      const { tally, signal } = running();
      tally.cached(cached);
      const following = sources.following(images);
      const onImage = (error: string | null): void => {
        tally.predicted(error);
      };
      const value = await predictor.predict(await models.load(name), images, { onError, signal, onImage, following });
      return { value, transfer: buffersOfRows(value) };
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

function buffersOfRows(images: PredictAnswer): ArrayBuffer[] {
  return images.flatMap((rows) => (rows ? buffersOf(rows) : []));
}
