import { element } from '../element.ts';
import type { NumberRange } from '../numbers/number-range.ts';
import type { ViewState } from '../view-state.ts';
import { withRange } from './by-ranges.ts';

/** Two fields for the least and the largest score, both of which count. */
export interface ScoreFields {
  readonly low: HTMLInputElement;
  readonly high: HTMLInputElement;
  set(state: ViewState): void;
}

/** The end of a stretch does not count, and scores have four decimals. */
const halfDigit = 0.00005;

/** The stretch of scores whose two ends both count. */
export function scoreRange(low: number, high: number): NumberRange {
  return [low > 0 ? low : null, high < 1 ? Number((high + halfDigit).toFixed(5)) : null];
}

export function createScoreFields(change: (part: Partial<ViewState>) => void): ScoreFields {
  let { ranges }: Pick<ViewState, 'ranges'> = { ranges: {} };
  const rangeOf = (): NumberRange => ranges['score'] ?? [null, null];
  const field = (made: (value: number) => NumberRange): HTMLInputElement => {
    const input = element('input', { type: 'number', min: 0, max: 1, step: 0.05 });
    input.addEventListener('change', () => {
      const value = Number(input.value);
      if (input.value !== '' && value >= 0 && value <= 1) change({ ranges: withRange(ranges, 'score', made(value)) });
    });
    return input;
  };
  const low = field((value) => [value > 0 ? value : null, rangeOf()[1]]);
  const high = field((value) => [rangeOf()[0], value < 1 ? Number((value + halfDigit).toFixed(5)) : null]);
  return {
    ...{ low, high },
    set(state) {
      ({ ranges } = state);
      const [from, to] = rangeOf();
      low.value = String(from ?? 0);
      high.value = String(to === null ? 1 : Number((to - halfDigit).toFixed(4)));
    },
  };
}
