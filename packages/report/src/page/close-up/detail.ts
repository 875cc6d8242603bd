import type { ReportData } from '../../report-data.ts';
import { noMark } from '../../selection.ts';
import type { Mark } from '../../selection.ts';
import type { CellAnswers } from '../answered/answered-cells.ts';
import { createBoxesView } from '../picture/boxes-view.ts';
import { markWords } from '../grid/cell-view.ts';
import { furtherNumbers } from './further-numbers.ts';
import { decidingWords, noNumberWords, numberWords } from '../cells/deciding-at.ts';
import { element } from '../element.ts';
import { fullNumber, shortNumber } from '../words.ts';

/** What people said of a cell. */
export interface SaidOfCell {
  readonly mark: Mark | undefined;
  readonly answers: CellAnswers | null;
}

export interface Detail {
  readonly root: HTMLDialogElement;
  show(index: number, place: string, said: SaidOfCell): void;
  close(): void;
  zoom(factor: number): void;
  /** Chooses the box so many rows farther on. */
  choose(by: number): void;
  /** Puts the labels into their places again, as after boxes were hidden. */
  placeLabels(): void;
}

/** What can be done with the cell that is looked at. */
export interface DetailActions {
  verdict(verdict: 'accept' | 'reject'): void;
  clear(): void;
  tag(): void;
  step(by: number): void;
  aside(): void;
  /** Absent where nobody knows what is alike. */
  alike?(): void;
  closed(): void;
}

/** One cell, large, with all that is known of it. */
export function createDetail(
  data: ReportData,
  viewOf: () => { readonly sort: number; readonly aside: boolean },
  actions: DetailActions,
): Detail {
  const view = createBoxesView(data);
  const facts = element('dl', {});
  const heading = element('h2', { id: 'detail-heading', tabindex: -1 });
  const place = element('p', { class: 'place', 'aria-live': 'polite' });
  const button = (label: string, key: string, act: () => void): HTMLButtonElement => {
    const made = element('button', { type: 'button', title: `${label} (${key})` }, label);
    made.addEventListener('click', act);
    return made;
  };
  const accept = button(data.verdicts.accept.act, 'a', () => actions.verdict('accept'));
  const reject = button(data.verdicts.reject.act, 'x', () => actions.verdict('reject'));
  const aside = button('Side by side', 's', () => actions.aside());
  const root = element(
    'dialog',
    { class: 'detail', 'aria-labelledby': 'detail-heading' },
    heading,
    place,
    element('div', { class: 'looking' }, view.picture, element('div', { class: 'beside' }, view.boxes, facts)),
    element(
      'div',
      { class: 'controls' },
      button('Previous', 'left', () => actions.step(-1)),
      accept,
      reject,
      button('Clear', 'u', () => actions.clear()),
      button('Tag', 't', () => actions.tag()),
      ...(data.layers.length > 1 ? [aside] : []),
      ...(actions.alike ? [button('More like this', 'm', () => actions.alike!())] : []),
      button('Next', 'right', () => actions.step(1)),
      button('Close', 'Escape', () => root.close()),
    ),
  );
  root.addEventListener('close', () => actions.closed());

  return {
    root,
    show(index, where, { mark = noMark, answers }) {
      const { cells, strategies } = data;
      const { sort, aside: isAside } = viewOf();
      heading.textContent = cells.image[index]!;
      place.textContent = [where, answers?.spoken].filter(Boolean).join(', ');
      const isOne = cells.deciding.length === 1;
      const ofOne = isOne ? decidingWords(data, index, 0, shortNumber) : '';
      const known: (readonly [string, string])[] = [
        ...(answers ? [['answers', answers.listed.join('; ')] as const] : []),
        ...(ofOne === '' ? [] : [['box', ofOne] as const]),
        ...strategies.map(
          ({ words }, at) => [words, isOne ? plainNumber(index, at) : numberWords(data, index, at)] as const,
        ),
        ...furtherNumbers(data, index),
        ...(cells.reason?.[index] == null ? [] : [['why it is here', cells.reason[index]] as const]),
        ['id', cells.id[index]!],
        ['mark', markWords(data, mark) || 'none'],
      ];
      facts.replaceChildren(...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
      accept.setAttribute('aria-pressed', String(mark.verdict === 'accept'));
      reject.setAttribute('aria-pressed', String(mark.verdict === 'reject'));
      aside.setAttribute('aria-pressed', String(isAside));
      if (!root.open) {
        root.showModal();
        // Not its first button, to which a telephone would scroll.
        heading.focus();
      }
      // Labels are measured, so they need to be in the document.
      view.show(index, { sort, aside: isAside });
    },
    close: () => root.close(),
    zoom: view.zoom,
    choose: view.step,
    placeLabels: view.placeLabels,
  };

  function plainNumber(index: number, at: number): string {
    const number = data.cells.values[at]![index];
    return number == null ? noNumberWords(data, index, at) : fullNumber(number);
  }
}
