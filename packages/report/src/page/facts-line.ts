import type { ReportData } from '../report-data.ts';
import { element } from './element.ts';
import { factsLine, factsList, partialWords } from './facts-words.ts';

/** Says where the cells of a page come from: one line, which opens to all that is known. */
export interface FactsLine {
  readonly root: HTMLElement;
  /** Says so where cells are sorted by what they were not chosen by. */
  sortedBy(sort: number): void;
}

export function createFactsLine(data: ReportData): FactsLine {
  const { facts, about } = data;
  const partial = element('p', { class: 'partial', 'aria-live': 'polite', hidden: true });
  const line = facts ? element('details', { class: 'about' }, element('summary', {}, factsLine(data, facts))) : null;
  if (facts)
    line!.append(
      element(
        'dl',
        {},
        ...factsList(data, facts).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
      ),
    );
  return {
    root: element('div', { class: 'facts' }, line ?? element('p', { class: 'about' }, about), partial),
    sortedBy(sort) {
      const words = partialWords(data, facts, sort);
      partial.hidden = words === null;
      if (partial.textContent !== (words ?? '')) partial.textContent = words ?? '';
    },
  };
}
