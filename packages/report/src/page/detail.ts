import type { ReportData } from '../report-data.ts';
import { cellWords, pictureOf } from './cell-view.ts';
import { element } from './element.ts';
import type { Mark } from './view-state.ts';

export interface Detail {
  readonly root: HTMLDialogElement;
  show(index: number, place: string, mark: Mark | undefined): void;
  close(): void;
}

/** One cell, large, with all that is known of it. */
export function createDetail(
  data: ReportData,
  sortOf: () => number,
  {
    onMark,
    onStep,
    onClose,
  }: {
    readonly onMark: (mark: Mark | null) => void;
    readonly onStep: (by: number) => void;
    readonly onClose: () => void;
  },
): Detail {
  const picture = element('div', { class: 'large' });
  const facts = element('dl', {});
  const heading = element('h2', { id: 'detail-heading' });
  const place = element('p', { class: 'place', 'aria-live': 'polite' });
  const button = (label: string, key: string, act: () => void): HTMLButtonElement => {
    const made = element('button', { type: 'button', title: `${label} (${key})` }, label);
    made.addEventListener('click', act);
    return made;
  };
  const accept = button('Accept', 'a', () => onMark('accept'));
  const reject = button('Reject', 'x', () => onMark('reject'));
  const controls = element(
    'div',
    { class: 'controls' },
    button('Previous', 'left', () => onStep(-1)),
    accept,
    reject,
    button('Clear', 'u', () => onMark(null)),
    button('Next', 'right', () => onStep(1)),
    button('Close', 'Escape', () => root.close()),
  );
  const root = element(
    'dialog',
    { class: 'detail', 'aria-labelledby': 'detail-heading' },
    heading,
    place,
    picture,
    facts,
    controls,
  );
  root.addEventListener('close', onClose);
  picture.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  });
  picture.addEventListener('dblclick', () => zoom(0));
  let scale = 1;

  /** 0 goes back to the whole picture. */
  function zoom(by: number): void {
    scale = by === 0 ? 1 : Math.min(12, Math.max(1, scale * by));
    const frame = picture.firstElementChild as HTMLElement | null;
    if (frame) frame.style.width = frame.style.height = `${100 * scale}%`;
  }

  return {
    root,
    show(index, where, mark) {
      const cell = data.cells[index]!;
      const words = cellWords(data, cell, sortOf());
      heading.textContent = cell.image;
      place.textContent = where;
      picture.replaceChildren(pictureOf(cell, words));
      zoom(0);
      const known: [string, string][] = [
        ...(cell.label < 0 ? [] : ([['best class', withScore(cell.label, cell.score)]] as [string, string][])),
        ...(cell.second < 0 ? [] : ([['second', withScore(cell.second, cell.secondScore)]] as [string, string][])),
        ...data.strategies.map(({ name }, at): [string, string] => [name, cell.values[at]?.toFixed(6) ?? 'no number']),
        ['id', cell.id],
        ['mark', mark ? `${mark}ed` : 'none'],
      ];
      facts.replaceChildren(...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
      accept.setAttribute('aria-pressed', String(mark === 'accept'));
      reject.setAttribute('aria-pressed', String(mark === 'reject'));
      if (!root.open) root.showModal();
    },
    close: () => root.close(),
  };

  function withScore(label: number, score: number | null): string {
    return `${data.labels[label]}${score === null ? '' : ` ${score.toFixed(4)}`}`;
  }
}
