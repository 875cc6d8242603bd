import type { RankOrder } from '@qualm/types';
import { shortNumber } from '../words.ts';

/** A number that each cell has: the page sorts by it, and filters by a stretch of it. */
export interface PageNumber {
  /** What an address calls it. */
  readonly key: string;
  readonly words: string;
  /** What it stands under where all are listed. */
  readonly group: string;
  /** Which cells come first, and what that is called: as it is, and the other way round. */
  readonly order: RankOrder;
  readonly ends: readonly [first: string, reversed: string];
  /** The strategy, by its place, whose boxes cells show when they are sorted by this. */
  readonly strategy: number;
  /** The question that two models answer, by its strategy's place; null where only one does. */
  readonly question: number | null;
  /** Whether it counts something. */
  readonly isWhole: boolean;
  /** Whether it is that of the box which a cell shows, and so another one by each strategy. */
  readonly isOfBox: boolean;
  /** How its histogram is spread: that of ratios by their logarithm. */
  readonly scale: 'linear' | 'log';
  /** [cells]: NaN for none; made when it is asked for first.
   * @param strategy whose boxes cells show, for what is said of these
   */
  values(strategy: number): Float64Array;
  /** As people read it. */
  say(value: number): string;
}

type Told = Pick<PageNumber, 'key' | 'words' | 'group'>;

/** A number, of which only what is unusual needs saying.
 * @param make [cells], null for none
 */
export function pageNumber(
  told: Told & Partial<PageNumber>,
  make: (strategy: number) => ArrayLike<number | null>,
): PageNumber {
  const made = new Map<number, Float64Array>();
  return {
    ...{ order: 'descending', ends: ['largest first', 'smallest first'], strategy: 0, question: null },
    ...{ isWhole: false, isOfBox: false, scale: 'linear', say: shortNumber },
    values(strategy) {
      const key = told.isOfBox ? strategy : 0;
      if (!made.has(key))
        made.set(
          key,
          Float64Array.from(make(strategy), (value) => value ?? NaN),
        );
      return made.get(key)!;
    },
    ...told,
  };
}
