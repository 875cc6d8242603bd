import type { HeadGuess, OutputFacts } from '@qualm/types';
import type { EmbeddingHeadSpec } from '../embedding.ts';

/** What exporters call the vector of an image. */
const names = /^(image_)?(embeds?|embeddings?|features|pooler_output)$/;
/** What they call tokens of which the first stands for the image. */
const tokens = 'last_hidden_state';

/** Outputs [n, channels] by their name, or tokens, where the file names no classes: scores of
 * classes look the same. */
export function recogniseEmbedding({ outputs, numLabels }: OutputFacts): HeadGuess<EmbeddingHeadSpec>[] {
  if (numLabels !== null) return [];
  const found = Object.entries(outputs).find(([name, { shape }]) => names.test(name) && shape.length === 2);
  if (found) return [{ head: { type: 'embedding', outputs: { embedding: found[0] } }, numLabels: 0 }];
  if (outputs[tokens]?.shape.length !== 3) return [];
  return [{ head: { type: 'embedding', outputs: { embedding: tokens }, pool: 'first' }, numLabels: 0 }];
}
