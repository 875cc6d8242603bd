import type { ReportData } from '../report-data.ts';
import { alikeFrom, initialAlike } from './alike/alike-state.ts';
import type { AlikeState } from './alike/alike-state.ts';
import { readPlace } from './filters/filter.ts';
import { noFilters, readFilters, writeFilters } from './filters/filters.ts';
import type { FilterValues } from './filters/filters.ts';
import { numbersOf } from './numbers/numbers-of.ts';
import { questionOrders } from './questions/question-queue.ts';
import type { QuestionOrder } from './questions/question-queue.ts';

/** What is asked of the grid. It is kept in the address, so that a link shows the same. */
export interface ViewState extends FilterValues, AlikeState {
  /** A place in `numbersOf`. */
  readonly sort: number;
  /** The other way round than the strategy's own. */
  readonly reversed: boolean;
  /** The first so many of a hundred, by uncertainty. */
  readonly percent: number;
  /** Width of a cell, in pixels, which a row may widen. */
  readonly size: number;
  /** Each layer of boxes in a picture of its own. */
  readonly aside: boolean;
  /** In which order questions are asked; null while none is. */
  readonly ask: QuestionOrder | null;
  /** The id of the cell that is looked at. */
  readonly cell: string | null;
}

/** Widths that a cell can have. */
export const cellSizes = { least: 120, most: 480, step: 24 } as const;

const initialOrder = { sort: 0, reversed: false, percent: 100, ...initialAlike };
const initialLook = { size: 168, aside: false, ask: null, cell: null };

export const initialState: ViewState = { ...noFilters, ...initialOrder, ...initialLook };

/** All cells again, in the first order; what they look like stays. */
export const allCells: Partial<ViewState> = { ...noFilters, ...initialOrder };

/** Whether a state asks for all cells, in the first order. */
export function isAll(state: ViewState): boolean {
  return toHash({ ...state, ...initialLook }) === '';
}

/** The part of an address after `#`; what is as at the beginning is left out. */
export function toHash(state: ViewState): string {
  const others = Object.entries({ ...initialOrder, ...initialLook }).flatMap(([key, initial]) => {
    const value = state[key as keyof typeof initialOrder];
    return value === initial ? [] : [[key, String(value)]];
  });
  return new URLSearchParams([...writeFilters(state), ...others]).toString();
}

let waiting: ReturnType<typeof setTimeout> | undefined;
let named = -Infinity;
/** Browsers stop pages that name more than some 20 states a second, as a brush would. */
const pause = 250;

/** Puts a state into the address, a moment later where one was put there just now. */
export function nameState(state: ViewState): void {
  clearTimeout(waiting);
  const left = named + pause - performance.now();
  if (left > 0) waiting = setTimeout(() => putIntoAddress(state), left);
  else putIntoAddress(state);
}

/** A page within another, as notebooks have it, may have none of its own. */
function putIntoAddress(state: ViewState): void {
  named = performance.now();
  const hash = toHash(state);
  try {
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  } catch {
    // The state is kept all the same.
  }
}

/** The state that an address means; what it does not say, or says wrongly, is as at the beginning.
 */
export function fromHash(hash: string, data: ReportData): ViewState {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  const [size, percent] = [readPlace(asked.get('size') ?? '', cellSizes.most + 1), Number(asked.get('percent') || NaN)];
  return {
    ...{ ...readFilters(asked, data), ...alikeFrom(asked) },
    sort: readPlace(asked.get('sort') ?? '', numbersOf(data).length) ?? 0,
    reversed: asked.get('reversed') === 'true',
    percent: percent >= 0 && percent <= 100 ? percent : 100,
    size: size !== null && size >= cellSizes.least ? size : initialState.size,
    aside: asked.get('aside') === 'true',
    ask: questionOrders.find((order) => order === asked.get('ask')) ?? null,
    cell: asked.get('cell'),
  };
}
