import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { boxColumns, boxRow, headRow } from './box-row.ts';
import { doubtOrder } from '../cells/doubt-order.ts';
import { element } from '../element.ts';

/** The boxes of an image as a table, in greatest doubt first. */
export interface BoxTable {
  readonly root: HTMLElement;
  /** @param sort the strategy that its boxes are sorted by
   * @param isOutside whether the picture does not show a box, by its place
   */
  show(boxes: readonly KnownBox[], sort: number, isOutside: (place: number) => boolean): void;
  /** Marks the row of a box, and brings it into sight; none where it is null. */
  choose(place: number | null): void;
  /** Hides the rows of boxes. */
  hide(isHidden: (place: number) => boolean): void;
  /** The box so many seen rows farther on, the first or the last one at the ends; null where no row
   * is seen.
   */
  step(from: number | null, by: number): number | null;
}

/** @param onChoose told which box somebody chose, by its place */
export function createBoxTable(data: ReportData, onChoose: (place: number) => void): BoxTable {
  const head = element('thead');
  const body = element('tbody');
  const table = element('table', { role: 'grid', class: 'boxes', 'aria-label': 'Boxes' }, head, body);
  const root = element('div', { class: 'boxes-frame' }, table);
  let rows: ReadonlyMap<number, HTMLTableRowElement> = new Map();
  body.addEventListener('click', (event) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-at]');
    if (row) onChoose(Number(row.getAttribute('data-at')));
  });
  return {
    root,
    show(boxes, sort, isOutside) {
      const columns = boxColumns(boxes);
      const order = doubtOrder(boxes, sort, data.strategies[sort]!);
      rows = new Map(order.map((place) => [place, boxRow(data, boxes[place]!, columns, place)]));
      for (const [place, row] of rows) {
        if (!isOutside(place)) continue;
        row.classList.add('outside');
        row.setAttribute('title', 'outside of this picture');
      }
      head.replaceChildren(headRow(data, columns, sort));
      body.replaceChildren(...rows.values());
      root.hidden = boxes.length === 0;
    },
    choose(chosen) {
      const hadFocus = body.contains(document.activeElement);
      // Without one that is chosen the table is a stop of the tab key all the same.
      const stop = chosen ?? rows.keys().next().value;
      for (const [place, row] of rows) {
        row.setAttribute('aria-selected', String(place === chosen));
        row.setAttribute('tabindex', place === stop ? '0' : '-1');
      }
      const row = chosen === null ? undefined : rows.get(chosen);
      if (!row) return;
      if (hadFocus) row.focus({ preventScroll: true });
      // Of the table alone: what is around it stays where it is.
      const [top, bottom] = [row.offsetTop - head.offsetHeight, row.offsetTop + row.offsetHeight - root.clientHeight];
      root.scrollTop = Math.min(top, Math.max(bottom, root.scrollTop));
    },
    hide(isHidden) {
      for (const [place, row] of rows) row.toggleAttribute('hidden', isHidden(place));
    },
    step(from, by) {
      const seen = [...rows].filter(([, row]) => !row.hasAttribute('hidden')).map(([place]) => place);
      const at = from === null ? -1 : seen.indexOf(from);
      return seen[Math.min(seen.length - 1, Math.max(0, at + by))] ?? null;
    },
  };
}
