import type { OutputFacts } from '@qualm/types';
import type { ClassifierHeadSpec } from '../classifier.ts';
import { recogniseEmbedding } from './recognise-embedding.ts';
import { outputsOf } from './outputs.ts';
import { areDistributions, areWithin } from './values.ts';

/** [n, classes], where nothing else is there. */
export function recogniseClassifier(
  facts: OutputFacts,
): { readonly head: ClassifierHeadSpec; readonly numLabels: number }[] {
  const [output, ...others] = outputsOf(facts);
  if (!output || others.length > 0 || recogniseEmbedding(facts).length > 0) return [];
  const { name, shape, data } = output;
  const [, numLabels = 0, ...ones] = shape;
  if (shape.length < 2 || ones.some((size) => size !== 1) || numLabels < 2) return [];
  if (facts.numLabels !== null && facts.numLabels !== numLabels) return [];
  const values = { rows: 1, columns: numLabels, at: (_row: number, column: number) => data[column]! };
  const isDone = areDistributions(values) || areWithin(values, -0.01, 1.01);
  const activation = isDone ? 'none' : 'softmax';
  return [{ head: { type: 'classifier', outputs: { scores: name }, activation }, numLabels }];
}
