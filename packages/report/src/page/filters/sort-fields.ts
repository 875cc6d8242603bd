import type { ReportData } from '../../report-data.ts';
import { element } from '../element.ts';
import { numbersOf } from '../numbers/numbers-of.ts';
import type { ViewState } from '../view-state.ts';

/** What cells are sorted by, and which of them come first. */
export interface SortFields {
  readonly sort: HTMLSelectElement;
  readonly order: HTMLSelectElement;
  set(state: ViewState): void;
}

export function createSortFields(data: ReportData, change: (part: Partial<ViewState>) => void): SortFields {
  const numbers = numbersOf(data);
  const groups = [...new Set(numbers.map(({ group }) => group))];
  const optionsOf = (wanted: string): HTMLElement[] =>
    numbers.flatMap(({ words, group }, place) =>
      group === wanted ? [element('option', { value: place }, words)] : [],
    );
  const listed = groups.map((label) => element('optgroup', { label }, ...optionsOf(label)));
  const sort = element('select', {}, ...(groups.length > 1 ? listed : optionsOf(groups[0]!)));
  const [first, last] = [element('option', { value: 'false' }), element('option', { value: 'true' })];
  const order = element('select', {}, first, last);
  sort.addEventListener('change', () => change({ sort: Number(sort.value) }));
  order.addEventListener('change', () => change({ reversed: order.value === 'true' }));
  return {
    ...{ sort, order },
    set(state) {
      const { ends } = numbers[state.sort]!;
      [first.textContent, last.textContent] = ends;
      sort.value = String(state.sort);
      order.value = String(state.reversed);
    },
  };
}
