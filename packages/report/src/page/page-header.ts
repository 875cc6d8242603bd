import { countText } from '@qualm/types';
import type { ReportData } from '../report-data.ts';
import type { Marks } from '../selection.ts';
import type { AnswerCounts } from './answered/answered-cells.ts';
import { element } from './element.ts';
import { answerNames } from './filters/by-answer.ts';
import { createFactsLine } from './facts-line.ts';
import type { ViewState } from './view-state.ts';
import { thingWords, things } from './words.ts';

/** The head of the page: what it shows, how many of it, and the controls, which on a small screen
 * are behind a button.
 */
export interface PageHeader {
  readonly root: HTMLElement;
  /** Says how many are shown, selected, accepted, rejected and answered.
   * @param total how many the view is about
   */
  count(shown: number, total: number, selected: number, said: SaidOfAll): void;
  /** Says so where others may come before those that are there. */
  viewed(state: ViewState): void;
  /** Says what went wrong; nothing for an empty text. */
  tell(message: string): void;
}

/** What people said of the cells. */
export interface SaidOfAll {
  readonly marks: Marks;
  readonly answers: AnswerCounts;
}

export interface HeaderParts {
  readonly controls: readonly HTMLElement[];
  /** What the cells look like. */
  readonly look?: readonly HTMLElement[];
  /** Beside what is counted. */
  readonly actions?: readonly HTMLElement[];
}

export function createPageHeader(data: ReportData, { controls, look = [], actions = [] }: HeaderParts): PageHeader {
  const { title, by, verdicts } = data;
  const facts = createFactsLine(data);
  const counts = element('output', { class: 'count', 'aria-live': 'polite' });
  const trouble = element('p', { class: 'trouble', role: 'alert', hidden: true });
  const filters = element('button', { type: 'button', class: 'sheet-button', 'aria-expanded': 'false' }, 'Filter');
  const show = (isOpen: boolean): void => {
    document.body.classList.toggle('sheet', isOpen);
    filters.setAttribute('aria-expanded', String(isOpen));
    name();
  };
  let shownWords = '';
  const name = (): void => {
    filters.textContent = document.body.classList.contains('sheet') ? `Show ${shownWords}` : 'Filter';
  };
  filters.addEventListener('click', () => show(!document.body.classList.contains('sheet')));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]')) show(false);
  });
  return {
    root: element(
      'header',
      {},
      element(
        'div',
        { class: 'head' },
        element('h1', {}, title),
        counts,
        element('div', { class: 'group' }, ...actions),
        filters,
      ),
      element('div', { class: 'below-head' }, facts.root, element('div', { class: 'group' }, ...look)),
      ...controls,
      trouble,
    ),
    count(shown, total, selected, { marks, answers }) {
      const judged = { accept: 0, reject: 0 };
      for (const { verdict } of marks.values()) {
        if (verdict !== null) judged[verdict]++;
      }
      shownWords = shown === total ? thingWords(by, total) : `${countText(shown)} of ${thingWords(by, total)}`;
      const more = [
        ['selected', selected] as const,
        [verdicts.accept.done, judged.accept] as const,
        [verdicts.reject.done, judged.reject] as const,
        [answerNames.all, answers.all] as const,
        [answerNames.some, answers.some] as const,
      ].filter(([, count]) => count > 0);
      counts.textContent = [shownWords, ...more.map(([word, count]) => `${countText(count)} ${word}`)].join(', ');
      name();
    },
    viewed: facts.viewed,
    tell(message) {
      trouble.hidden = message === '';
      trouble.textContent = message;
    },
  };
}

/** What a grid says that has nothing to show.
 * @param total how many the view is about
 */
export function emptyWords({ by, cells: { id }, layers }: ReportData, total: number = id.length): string {
  if (total > 0) return `No ${things(by)} match these filters.`;
  return `There are no ${things(by)}${id.length === 0 ? '' : ` of ${layers[0]}`} in this report.`;
}
