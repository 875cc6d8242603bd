import type { ChartFilter } from '../../report-options.ts';
import type { ReportData } from '../../report-data.ts';
import type { NumberRange } from '../numbers/number-range.ts';
import type { ViewState } from '../view-state.ts';
import { withRange } from './by-ranges.ts';
import { scoreRange } from './score-fields.ts';

/** What a part of a chart narrows the grid to. */
export interface RegionFilter {
  isOn(state: ViewState): boolean;
  on(state: ViewState): Partial<ViewState>;
  /** Without it; the order stays. */
  off(state: ViewState): Partial<ViewState>;
}

export function createRegionFilter(
  { strategies }: Pick<ReportData, 'strategies'>,
  { label, scores, values, taken }: ChartFilter,
): RegionFilter {
  const asked: readonly (readonly [key: string, range: NumberRange])[] = [
    ...(scores ? [['score', scoreRange(scores[0], scores[1])] as const] : []),
    ...(values ? [[strategies[values.strategy]!.name, [values.from, values.to]] as const] : []),
  ];
  const ofLabel = (value: number | null): Partial<ViewState> => (label === undefined ? {} : { label: value });
  const ofTaken = (value: ViewState['taken']): Partial<ViewState> =>
    taken === undefined ? {} : { taken: value, outcome: null };
  return {
    isOn: (state) =>
      (label === undefined || state.label === label) &&
      (taken === undefined || String(state.taken) === String(taken)) &&
      asked.every(([key, range]) => String(state.ranges[key]) === String(range)),
    on: ({ ranges }) => ({
      ...ofLabel(label ?? null),
      ...ofTaken(taken ?? null),
      ...(asked.length > 0 && { ranges: asked.reduce((all, [key, range]) => withRange(all, key, range), ranges) }),
      ...(values && { sort: values.strategy }),
    }),
    off: ({ ranges }) => ({
      ...ofLabel(null),
      ...ofTaken(null),
      ...(asked.length > 0 && { ranges: asked.reduce((all, [key]) => withRange(all, key, null), ranges) }),
    }),
  };
}
