import { QualmError } from '@qualm/types';
import type { ModelSpec } from '@qualm/types';

/** @throws QualmError `spec-invalid` */
export function assertHeadSpec({ head, labels }: Pick<ModelSpec, 'head' | 'labels'>): void {
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
