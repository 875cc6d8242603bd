import type { ReportData } from '../report-data.ts';
import { element } from './element.ts';
import { factsLine, factsList, partialWords } from './facts-words.ts';
import type { ViewState } from './view-state.ts';

/** Says where the cells of a page come from: one line, which opens to all that is known. */
export interface FactsLine {
  readonly root: HTMLElement;
  /** Says so where others may come before those that are there. */
  viewed(state: ViewState): void;
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
    viewed(state) {
      const words = partialWords(data, facts, state);
      partial.hidden = words === null;
      if (partial.textContent !== (words ?? '')) partial.textContent = words ?? '';
    },
  };
}
