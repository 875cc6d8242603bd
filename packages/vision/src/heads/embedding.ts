import type { ClassifierSpec, EmbeddingHead, ReaderContext, VectorReader } from '@qualm/types';
import { mismatch, readOutput } from './read-output.ts';
import type { OutputRow } from './read-output.ts';
import { pooled } from './pooled.ts';
import type { Positions } from './pooled.ts';
import { recogniseEmbedding } from './recognise/recognise-embedding.ts';

const schema = {
  type: 'object',
  description: 'One vector for an image, without classes: an encoder such as CLIP or DINOv2, or a layer of any model.',
  additionalProperties: false,
  required: ['outputs'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['embedding'],
      properties: {
        embedding: { type: 'string', minLength: 1 },
      },
    },
    pool: {
      enum: ['mean', 'max', 'first', 'none'],
      description:
        'How a map [n, channels, h, w] (by the layout of the input) or tokens [n, tokens, channels] become one vector: the mean or the maximum over positions, the first of them (a class token), or all numbers as they lie. An output [n, channels] needs none.',
    },
  },
} as const;

/** What a spec says of a head that makes vectors. */
export type EmbeddingHeadSpec = ClassifierSpec<'embedding', typeof schema>;

/** One vector for each image. */
export const embedding: EmbeddingHead<EmbeddingHeadSpec> = {
  type: 'embedding',
  kind: 'embedding',
  schema,
  defaults: null,
  createReader: createVectorReader,
  recognise: recogniseEmbedding,
};

const ranks = [
  ['n', 'channels'],
  ['n', 'tokens', 'channels'],
  ['n', 'channels', 'height', 'width'],
] as const;

/** Reads [n, channels], or maps and tokens that are pooled. */
function createVectorReader({ outputs: names, pool }: EmbeddingHeadSpec, { layout }: ReaderContext): VectorReader {
  const name = names.embedding;

  return {
    outputs: [name],
    read: (outputs, image) => {
      const wanted = ranks.find(({ length }) => length === outputs[name]?.shape.length) ?? ranks[0];
      const row = readOutput('embedding', outputs, name, image, wanted);
      const positions = positionsOf(row, layout);
      const own = row.data.subarray(row.offset, row.offset + positions.channels * positions.count);
      if (pool === 'none' || (positions.count === 1 && row.shape.length !== 3)) return own;
      if (pool === undefined) throw unpooled(name, row.shape, positions);
      return pooled(own, positions, pool);
    },
  };
}

function positionsOf({ shape: [, a = 1, b = 1, c = 1], shape }: OutputRow, layout: ReaderContext['layout']): Positions {
  if (shape.length === 2) return { channels: a, count: 1, channelStep: 1, positionStep: 0 };
  if (shape.length === 3) return { channels: b, count: a, channelStep: 1, positionStep: b };
  if (layout === 'nchw') return { channels: a, count: b * c, channelStep: b * c, positionStep: 1 };
  return { channels: c, count: a * b, channelStep: 1, positionStep: c };
}

function unpooled(name: string, shape: readonly number[], { channels, count }: Positions): Error {
  return mismatch(
    'embedding',
    `output "${name}" is [${shape}], ${channels} numbers at each of ${count} positions, expected [n, channels]; ` +
      'say how they become one vector: "pool": "first" (a class token), "mean", "max" or "none" in the head',
  );
}
