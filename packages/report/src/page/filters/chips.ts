import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import type { ViewState } from '../view-state.ts';
import { filterChips } from './filters.ts';

/** Says which filters are on, each to be clicked away. */
export interface Chips {
  readonly root: HTMLElement;
  set(state: ViewState): void;
}

export function createChips(data: ReportData, change: (part: Partial<ViewState>) => void): Chips {
  const root = element('div', { class: 'chips' });
  return {
    root,
    set(state) {
      const first = { words: `Top ${state.percent} %`, without: { percent: 100 } };
      const all = [...(state.percent < 100 ? [first] : []), ...filterChips(state, data, state.sort)];
      const chips = all.map(({ words, without }) => {
        const chip = element('button', { type: 'button', class: 'chip', title: 'Take this filter away' }, `${words} ×`);
        chip.addEventListener('click', () => change(without));
        return chip;
      });
      root.hidden = chips.length === 0;
      root.replaceChildren(...chips);
    },
  };
}
