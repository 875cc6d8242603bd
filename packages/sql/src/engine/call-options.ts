import { QualmError } from '@qualm/types';

/** What one call of ML_PREDICT says beside model and image. */
export interface CallOptions {
  readonly minScore?: number;
  readonly topK?: number;
  readonly onError?: 'null' | 'fail';
}

const known = ['min_score', 'top_k', 'on_error'];

/** The options of a call from their JSON.
 * @throws QualmError `query-invalid` for an unknown name or a value out of range. */
export function parseCallOptions(json: string | null): CallOptions {
  if (json === null) return {};
  const given = JSON.parse(json) as unknown;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new QualmError('query-invalid', `ML_PREDICT: the options are ${json}; expected {'min_score': 0.5}`);
  const options: { minScore?: number; topK?: number; onError?: 'null' | 'fail' } = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'min_score') options.minScore = numberOf(name, value, 0, 1);
    else if (name === 'top_k') options.topK = numberOf(name, value, 1, Number.MAX_SAFE_INTEGER, true);
    else if (name === 'on_error' && (value === 'null' || value === 'fail')) options.onError = value;
    else if (name === 'on_error') throw wrong(name, value, "'null' or 'fail'");
    else
      throw new QualmError(
        'query-invalid',
        `ML_PREDICT: there is no option "${name}" in a call; the options are ${known.join(', ')}`,
      );
  }
  return options;
}

function numberOf(name: string, value: unknown, least: number, most: number, isWhole = false): number {
  const isThere = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const number = isThere ? Number(value) : NaN;
  if (number >= least && number <= most && (!isWhole || Number.isInteger(number))) return number;
  throw wrong(name, value, isWhole ? `a whole number from ${least}` : `a number from ${least} to ${most}`);
}

function wrong(name: string, value: unknown, wanted: string): QualmError {
  return new QualmError(
    'query-invalid',
    `ML_PREDICT: the option "${name}" is ${JSON.stringify(value)}; expected ${wanted}`,
  );
}
