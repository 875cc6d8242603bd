import { shortNumber } from '@qualm/types';

/** A class and its score; null or absent where there is none. */
export type ScoredClass = readonly [name: string | null | undefined, score: number | null | undefined];

/** What a box was taken for, and what else it might be, where that scores anything in two digits;
 * empty where it was taken for nothing.
 * @example classWords(['cat', 0.312], ['dog', 0.3]) // 'cat .31 or dog .30'
 */
export function classWords(...classes: readonly ScoredClass[]): string {
  return classes
    .filter(([, score], place) => place === 0 || (score ?? 0) >= 0.005)
    .flatMap(([name, score]) => (name == null || score == null ? [] : `${name} ${withoutZero(score.toFixed(2))}`))
    .join(' or ');
}

/** A number in three digits, which are enough to look at, as terminals have it.
 * @example numberText(0.0041) // '.00410'
 * @example numberText(4.07e-18) // '<.001'
 */
export function numberText(value: number): string {
  return withoutZero(shortNumber(value));
}

function withoutZero(digits: string): string {
  return digits.replace(/^([<>]?-?)0(?=\.)/, '$1');
}
