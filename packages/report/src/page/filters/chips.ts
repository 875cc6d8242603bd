import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import type { ViewState } from '../view-state.ts';
import { filterWords, noFilters } from './filters.ts';

/** Says which filters are on that no control says, each to be clicked away. */
export interface Chips {
  readonly root: HTMLElement;
  set(state: ViewState): void;
}

export function createChips(data: ReportData, change: (part: Partial<ViewState>) => void): Chips {
  const root = element('div', { class: 'chips' });
  return {
    root,
    set(state) {
      const chips = filterWords(state, data, state.sort).map(({ key, words }) => {
        const chip = element('button', { type: 'button', class: 'chip', title: 'Take this filter away' }, `${words} ×`);
        chip.addEventListener('click', () => change({ [key]: noFilters[key] }));
        return chip;
      });
      root.hidden = chips.length === 0;
      root.replaceChildren(...chips);
    },
  };
}
