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
  /** The strategy, by its place, that it is about. */
  readonly strategy: number;
  /** The boxes that cells show when they are sorted by this, as `shownBoxes` counts them; default
   * those of the strategy.
   */
  readonly shows: number;
  /** Whether it is what the second of two models says, or how much that differs. */
  readonly whose: 'second' | 'difference' | null;
  /** The question that two models answer, by its strategy's place; null where only one does. */
  readonly question: number | null;
  /** Whether it counts something. */
  readonly isWhole: boolean;
  /** Whether it is that of the box which a cell shows, and so another one by each strategy. */
  readonly isOfBox: boolean;
  /** How its histogram is spread: that of ratios by their logarithm. */
  readonly scale: 'linear' | 'log';
  /** [cells]: NaN for none; made when it is asked for first.
   * @param shown the boxes that cells show, for what is said of these
   */
  values(shown: number): Float64Array;
  /** As people read it. */
  say(value: number): string;
}

type Told = Pick<PageNumber, 'key' | 'words' | 'group'>;

/** A number, of which only what is unusual needs saying.
 * @param make [cells], null for none
 */
export function pageNumber(
  told: Told & Partial<PageNumber>,
  make: (shown: number) => ArrayLike<number | null>,
): PageNumber {
  const made = new Map<number, Float64Array>();
  return {
    ...{ order: 'descending', ends: ['largest first', 'smallest first'], strategy: 0, question: null },
    ...{ shows: told.strategy ?? 0, whose: null },
    ...{ isWhole: false, isOfBox: false, scale: 'linear', say: shortNumber },
    values(shown) {
      const key = told.isOfBox ? shown : 0;
      const known = made.get(key) ?? numbersIn(make(shown));
      made.set(key, known);
      return known;
    },
    ...told,
  };
}

/** In a loop: `Float64Array.from` takes many times as long. */
function numbersIn(list: ArrayLike<number | null>): Float64Array {
  const numbers = new Float64Array(list.length);
  for (let at = 0; at < list.length; at++) numbers[at] = list[at] ?? NaN;
  return numbers;
}
