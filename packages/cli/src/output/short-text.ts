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

/** A number in three digits, which are enough to look at; a dash for one that is not finite.
 * @example shortNumber(0.0041) // '.00410'
 */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100 ? value.toFixed(0) : withoutZero(value.toPrecision(3));
}

function withoutZero(digits: string): string {
  return digits.replace(/^(-?)0(?=\.)/, '$1');
}
