import { assertOptions, QualmError, wrongArgument } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';

/** @throws QualmError `spec-invalid` */
export function assertHeadSpec(spec: Pick<ModelSpec, 'head' | 'labels' | 'input'>): void {
  assertParts(spec);
  const { head, labels } = spec;
  if (labels.length === 0) throw invalid(head.type, 'labels is empty; list one label for each foreground class');
  if (head.type === 'classifier') return;
  for (const key of ['scoreThreshold', 'iouThreshold', 'minScore'] as const) {
    const value = head[key];
    if (value !== undefined && !(value >= 0 && value <= 1)) {
      throw invalid(head.type, `${key} is ${value}; wanted a number from 0 to 1`);
    }
  }
  for (const key of ['maxCandidates', 'maxDetections'] as const) {
    const value = head[key];
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw invalid(head.type, `${key} is ${value}; wanted a whole number above 0`);
    }
  }
  if (head.type === 'nanodet') assertLevels(head.strides.length, head.outputs.scores, head.outputs.distances);
}

function assertParts(spec: unknown): void {
  const wanted = "what readModelSpec gives: (await readModelSpec('model.json')).spec";
  assertOptions('createHead', spec, wanted, 'its spec');
  const { head, labels, input } = spec as { head?: unknown; labels?: unknown; input?: unknown };
  assertOptions('createHead', head, "{ type: 'yolox', ... }", 'head of its spec');
  assertOptions(
    'createHead',
    (head as { outputs?: unknown }).outputs,
    "{ scores: 'scores' }",
    "outputs of its spec's head",
  );
  assertOptions('createHead', input, '{ size: { width: 416, height: 416 }, ... }', 'input of its spec');
  if (!Array.isArray(labels))
    throw wrongArgument('createHead', 'labels of its spec', labels, "an array, such as [{ id: 1, name: 'person' }]");
}

function assertLevels(strides: number, scores: readonly string[], distances: readonly string[]): void {
  if (scores.length === strides && distances.length === strides) return;
  throw invalid(
    'nanodet',
    `${strides} strides, ${scores.length} outputs of scores, ${distances.length} of distances; wanted as many of each`,
  );
}

function invalid(head: string, message: string): QualmError {
  return new QualmError('spec-invalid', `head ${head}: ${message}`);
}
