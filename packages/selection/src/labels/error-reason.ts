import { wrongArgument } from '@qualm/types';
import type { BoxError, ErrorBox } from './box-errors.ts';

/** What may be wrong with a label, in words. */
export const errorWords: Readonly<Record<BoxError, string>> = {
  overlooked: 'missing label',
  swapped: 'wrong class',
  'badly-located': 'badly placed',
  spurious: 'extra label',
};

/** What a reason says of an error. */
export type ReasonedError = Partial<Pick<ErrorBox, 'label' | 'found_label' | 'found_score' | 'other_label'>> & {
  readonly error: string;
  /** Said where it is given. */
  readonly quality?: number | undefined;
};

/** Why a label is likely wrong, in words, as lists and pages say it.
 * @throws RangeError for what is no error of `boxErrors`.
 * @example errorReason({ error: 'swapped', label: 'cat', found_label: 'dog', found_score: 0.93, quality: 0.04 })
 * // 'wrong class: drawn cat, found dog 0.93, quality 0.04'
 */
export function errorReason(one: ReasonedError): string {
  const {
    error,
    label,
    found_label: found,
    found_score: score,
    other_label: other,
    quality,
  } = Object(one) as ReasonedError;
  if (typeof error !== 'string' || !(quality === undefined || typeof quality === 'number'))
    throw wrongArgument('errorReason', 'its error', one, 'a row of boxErrors');
  const words = [
    ...(label == null ? [] : [`drawn ${label}`]),
    ...(other == null ? [] : [`and ${other} in the same place`]),
    ...foundWords(error, found, score),
    ...(quality === undefined ? [] : [`quality ${quality.toFixed(2)}`]),
  ];
  const kind = Object.hasOwn(errorWords, error) ? errorWords[error as BoxError] : error.replace('-', ' ');
  return words.length === 0 ? kind : `${kind}: ${words.join(', ')}`;
}

/** Of an extra label that nothing was found is what is wrong. */
function foundWords(error: string, found: string | null | undefined, score: number | null | undefined): string[] {
  const isExtra = error === 'spurious';
  if (found == null) return isExtra ? ['found nothing'] : [];
  return [`found ${isExtra ? 'at most ' : ''}${found}${typeof score === 'number' ? ` ${score.toFixed(2)}` : ''}`];
}
