import type { ReportData } from '../../report-data.ts';
import { classBars } from './class-bars.ts';
import { element } from '../element.ts';
import { drawnChart, panel } from '../page-parts.ts';
import { pairsTable } from './pairs-table.ts';
import { valueBars } from './value-bars.ts';
import type { ViewState } from '../view-state.ts';

/** What stands beside the grid: bars of numbers and of classes, the table of pairs, charts. */
export interface SidePanels {
  readonly root: HTMLElement;
  /** Follows a moment later: what is looked at first comes first. */
  update(state: ViewState, shown: readonly number[]): void;
}

/** @param select the cells of a state */
export function createSidePanels(
  data: ReportData,
  select: (state: ViewState) => readonly number[],
  change: (part: Partial<ViewState>) => void,
): SidePanels {
  const [values, classes, pairs] = [element('div'), element('div'), element('div')];
  const root = element('aside', { class: 'side', 'aria-label': 'Overview' }, panel('How unsure', values));
  if (data.labels.length > 0) root.append(panel('Classes', classes));
  if (data.pairOrder.length > 0) root.append(panel('Confused pairs', pairs));
  if (data.charts.length > 0) root.append(panel('Compared with labels', ...data.charts.map(drawnChart)));
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Each panel counts what all filters but its own let through. */
  function draw(state: ViewState, shown: readonly number[]): void {
    const without = (part: Partial<ViewState>, isOff: boolean): readonly number[] =>
      isOff ? shown : select({ ...state, ...part });
    const { sort, from, to, label, pair } = state;
    values.replaceChildren(
      valueBars(data, without({ from: null, to: null }, from === null && to === null), {
        ...{ sort, from, to },
        onChoose: (low, high) => change({ from: low, to: high }),
      }),
    );
    classes.replaceChildren(
      classBars(data, without({ label: null, pair: null }, label === null && pair === null), {
        ...{ sort, chosen: label },
        onChoose: (chosen) => change({ label: chosen, pair: null }),
      }),
    );
    pairs.replaceChildren(
      pairsTable(data, without({ pair: null }, pair === null), {
        ...{ sort, chosen: pair },
        onChoose: (chosen) => change({ pair: chosen }),
      }),
    );
    root.removeAttribute('aria-busy');
  }

  return {
    root,
    update(state, shown) {
      root.setAttribute('aria-busy', 'true');
      clearTimeout(timer);
      timer = setTimeout(() => draw(state, shown));
    },
  };
}
