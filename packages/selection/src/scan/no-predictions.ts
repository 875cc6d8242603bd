import { QualmError } from '@qualm/types';
import { sourceName } from './prediction-source.ts';
import type { PredictionSource } from './prediction-source.ts';

/** The error for a source that holds no image. */
export function noPredictions(source: PredictionSource): QualmError {
  return new QualmError('options-invalid', `${sourceName(source)}: holds no predictions`);
}
