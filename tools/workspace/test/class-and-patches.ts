import type { ClassifierSpec, EmbeddingHead } from '@qualm/types';
import { readOutput } from '@qualm/vision/heads';

const schema = {
  type: 'object',
  description: 'Tokens [n, tokens, channels]: that of the class, then those of the patches.',
  additionalProperties: false,
  required: ['outputs'],
  properties: {
    outputs: {
      type: 'object',
      description: 'Names of the raw outputs to read.',
      additionalProperties: false,
      required: ['tokens'],
      properties: { tokens: { type: 'string', minLength: 1 } },
    },
  },
} as const;

/** The class token and the mean of the patches, one after the other: [2 x channels]. */
export const classAndPatches: EmbeddingHead<ClassifierSpec<'class-and-patches', typeof schema>> = {
  type: 'class-and-patches',
  kind: 'embedding',
  schema,
  defaults: null,
  module: import.meta.url,
  createReader({ outputs: { tokens } }) {
    return {
      outputs: [tokens],
      read(outputs, image) {
        const wanted = ['n', 'tokens', 'channels'];
        const { data, offset, shape } = readOutput('class-and-patches', outputs, tokens, image, wanted);
        const [, numTokens = 0, channels = 0] = shape;
        const vector = new Float32Array(2 * channels);
        vector.set(data.subarray(offset, offset + channels));
        for (let at = channels; at < numTokens * channels; at++)
          vector[channels + (at % channels)]! += data[offset + at]! / (numTokens - 1);
        return vector;
      },
    };
  },
};
