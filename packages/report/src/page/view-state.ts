import type { ReportCellData, ReportData } from '../report-data.ts';

export type Mark = 'accept' | 'reject';

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
  /** The first so many of a hundred, by uncertainty. */
  readonly percent: number;
  readonly mark: Mark | 'none' | null;
  /** The id of the cell that is looked at. */
  readonly cell: string | null;
}

export const initialState: ViewState = {
  sort: 0,
  reversed: false,
  label: null,
  pair: null,
  words: '',
  minScore: 0,
  maxScore: 1,
  percent: 100,
  mark: null,
  cell: null,
};

/** The part of an address after `#`; what is as at the beginning is left out. */
export function toHash(state: ViewState): string {
  const entries = (Object.keys(initialState) as (keyof ViewState)[]).flatMap((key) => {
    const value = state[key];
    return String(value) === String(initialState[key]) ? [] : [[key, String(value)]];
  });
  return new URLSearchParams(entries).toString();
}

/** The state that an address means; what it does not say, or says wrongly, is as at the beginning. */
export function fromHash(hash: string, { strategies, labels }: ReportData): ViewState {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (text: string | null, below: number): number | null => {
    const value = text !== null && /^\d+$/.test(text) ? Number(text) : NaN;
    return value < below ? value : null;
  };
  const part = (key: 'minScore' | 'maxScore' | 'percent', most: number): number => {
    const value = Number(asked.get(key) ?? NaN);
    return value >= 0 && value <= most ? value : initialState[key];
  };
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
    percent: part('percent', 100),
    mark: mark === 'accept' || mark === 'reject' || mark === 'none' ? mark : null,
    cell: asked.get('cell'),
  };
}

/** The cells that are asked for, least sure first unless reversed; those without a number come last, equal ones in their order.
 * @returns places in `data.cells`.
 */
export function selectCells(data: ReportData, state: ViewState, marks: ReadonlyMap<string, Mark>): number[] {
  const { cells, strategies } = data;
  const { sort, reversed, percent } = state;
  const sign = (strategies[sort]!.order === 'ascending') === reversed ? -1 : 1;
  const value = (index: number): number | null => cells[index]!.values[sort] ?? null;
  const sorted = cells
    .map((_, index) => index)
    .sort((a, b) => {
      const [first, second] = [value(a), value(b)];
      if (first === null || second === null) return Number(first === null) - Number(second === null) || a - b;
      return sign * (first - second) || a - b;
    });
  const counted = percent < 100 ? sorted.slice(0, Math.ceil((percent / 100) * sorted.length)) : sorted;
  const isAsked = filterOf(data, state, marks);
  return counted.filter((index) => isAsked(cells[index]!));
}

function filterOf(
  { labels }: ReportData,
  { label, pair, words, minScore, maxScore, mark }: ViewState,
  marks: ReadonlyMap<string, Mark>,
): (cell: ReportCellData) => boolean {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (cell: ReportCellData): string =>
    `${cell.image} ${labels[cell.label] ?? ''} ${labels[cell.second] ?? ''}`.toLowerCase();
  return (cell) =>
    (label === null || cell.label === label) &&
    (pair === null || (cell.label === pair[0] && cell.second === pair[1])) &&
    (mark === null || (marks.get(cell.id) ?? 'none') === mark) &&
    (minScore === 0 || (cell.score ?? -1) >= minScore) &&
    (maxScore === 1 || (cell.score ?? 2) <= maxScore) &&
    (parts.length === 0 || parts.every((part) => textOf(cell).includes(part)));
}
