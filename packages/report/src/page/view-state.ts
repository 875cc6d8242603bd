import type { ReportData } from '../report-data.ts';

/** What is asked of the grid. It is kept in the address, so that a link shows the same. */
export interface ViewState {
  /** A place in `strategies`. */
  readonly sort: number;
  /** The other way round than the strategy's own. */
  readonly reversed: boolean;
  readonly label: number | null;
  readonly pair: readonly [number, number] | null;
  readonly words: string;
  readonly minScore: number;
  readonly maxScore: number;
  /** What the strategy says: `from` counts, `to` does not; null is no end. */
  readonly from: number | null;
  readonly to: number | null;
  /** The first so many of a hundred, by uncertainty. */
  readonly percent: number;
  /** A verdict, `none`, or a tag after `#`. */
  readonly mark: string | null;
  /** Width of a cell, in pixels, which a row may widen. */
  readonly size: number;
  /** Each layer of boxes in a picture of its own. */
  readonly aside: boolean;
  /** The id of the cell that is looked at. */
  readonly cell: string | null;
}

/** Widths that a cell can have. */
export const cellSizes = { least: 120, most: 480, step: 24 } as const;

export const initialState: ViewState = {
  ...{ sort: 0, reversed: false, label: null, pair: null, words: '', minScore: 0, maxScore: 1 },
  ...{ from: null, to: null, percent: 100, mark: null, size: 168, aside: false, cell: null },
};

/** The part of an address after `#`; what is as at the beginning is left out. */
export function toHash(state: ViewState): string {
  const entries = (Object.keys(initialState) as (keyof ViewState)[]).flatMap((key) => {
    const value = state[key];
    return String(value) === String(initialState[key]) ? [] : [[key, String(value)]];
  });
  return new URLSearchParams(entries).toString();
}

/** Puts a state into the address; a page within another, as notebooks have it, may have none of its
 * own.
 */
export function nameState(state: ViewState): void {
  const hash = toHash(state);
  try {
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  } catch {
    // The state is kept all the same.
  }
}

/** The state that an address means; what it does not say, or says wrongly, is as at the beginning.
 */
export function fromHash(hash: string, { strategies, labels }: Pick<ReportData, 'strategies' | 'labels'>): ViewState {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (text: string | null, below: number): number | null => {
    const value = text !== null && /^\d+$/.test(text) ? Number(text) : NaN;
    return value < below ? value : null;
  };
  const part = (key: 'minScore' | 'maxScore' | 'percent', most: number): number => {
    const value = Number(asked.get(key) ?? NaN);
    return value >= 0 && value <= most ? value : initialState[key];
  };
  const bound = (key: 'from' | 'to'): number | null => {
    const text = asked.get(key);
    return text !== null && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : null;
  };
  const size = whole(asked.get('size'), cellSizes.most + 1);
  const [first, second] = (asked.get('pair') ?? '').split(',').map((text) => whole(text, labels.length));
  const mark = asked.get('mark');
  return {
    sort: whole(asked.get('sort'), strategies.length) ?? 0,
    reversed: asked.get('reversed') === 'true',
    label: whole(asked.get('label'), labels.length),
    pair: first != null && second != null ? [first, second] : null,
    words: (asked.get('words') ?? '').slice(0, 200),
    minScore: part('minScore', 1),
    maxScore: part('maxScore', 1),
    from: bound('from'),
    to: bound('to'),
    percent: part('percent', 100),
    mark: mark !== null && /^(accept|reject|none|#.+)$/s.test(mark) ? mark : null,
    size: size !== null && size >= cellSizes.least ? size : initialState.size,
    aside: asked.get('aside') === 'true',
    cell: asked.get('cell'),
  };
}
