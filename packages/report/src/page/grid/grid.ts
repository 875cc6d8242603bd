import { element } from '../element.ts';
import { positionAfter } from './grid-layout.ts';
import { createGridRows } from './grid-rows.ts';

export interface Grid {
  readonly root: HTMLElement;
  /** Shows these cells, by their places. */
  show(indices: readonly number[]): void;
  /** Makes those anew that are seen. */
  refresh(): void;
  /** Makes one anew, as after a mark. */
  renew(position: number): void;
  /** Says anew which ones are selected. */
  reselect(): void;
  /** Shows cells of this width, in pixels, or a little wider. */
  resize(cellWidth: number): void;
  /** Goes to a cell, and scrolls to it; the focus goes along unless it is elsewhere on the page. */
  goTo(position: number): void;
  /** Puts the focus on a cell, and scrolls to it. */
  focus(position: number): void;
  readonly position: () => number;
  /** Makes the first so many cells at once, for paper. */
  print(most: number): void;
  endPrint(): void;
}

export interface GridParts {
  /** What the grid is called. */
  readonly name: string;
  /** Makes the cell of an index, and what stands for it while it flies by. */
  readonly make: (index: number) => HTMLElement;
  readonly makePassing: (index: number) => HTMLElement;
  readonly isSelected: (index: number) => boolean;
  readonly onOpen: (position: number) => void;
  /** A cell is to be selected or not; with all from another one where that is not null. */
  readonly onSelect: (position: number, from: number | null) => void;
  /** Somebody has gone to a cell, without the shift key. */
  readonly onMove: () => void;
  readonly cellWidth: number;
  /** What a cell has below its picture, in pixels. */
  readonly captionHeight: number;
}

/** A grid of any length. Arrows, Home, End and the page keys move within it, and select with the
 * shift key; it is one stop of the tab key.
 */
export function createGrid({
  name,
  make,
  makePassing,
  isSelected,
  onOpen,
  onSelect,
  onMove,
  ...sizes
}: GridParts): Grid {
  const words = { 'aria-label': name, 'aria-readonly': 'true', 'aria-multiselectable': 'true' };
  const root = element('div', { role: 'grid', class: 'grid', ...words });
  let { cellWidth } = sizes;
  let indices: readonly number[] = [];
  let current = 0;
  const rows = createGridRows(root, cell, { captionHeight: sizes.captionHeight, onMade: markCurrent });

  function cell(position: number, isPassing: boolean): HTMLElement {
    const index = indices[position]!;
    const made = isPassing ? makePassing(index) : make(index);
    made.setAttribute('aria-selected', String(isSelected(index)));
    // For fingers and mice; keys have the space bar.
    made.append(element('span', { class: 'tick', 'aria-hidden': 'true' }));
    return made;
  }

  function markCurrent(hadFocus: boolean): void {
    for (const other of rows.body.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1;
    const own = rows.cellAt(current);
    const reached = own ?? rows.body.querySelector<HTMLElement>('.cell');
    if (reached) reached.tabIndex = 0;
    if (hadFocus) own?.focus({ preventScroll: true });
  }

  function scrollTo(position: number): void {
    const { columns, rowHeight } = rows.layout();
    current = Math.min(indices.length - 1, Math.max(0, position));
    const top = Math.floor(current / columns) * rowHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + rowHeight > root.scrollTop + root.clientHeight) root.scrollTop = top + rowHeight - root.clientHeight;
    rows.place();
    markCurrent(false);
  }

  function focus(position: number): void {
    if (indices.length === 0) return;
    scrollTo(position);
    rows.cellAt(current)?.focus({ preventScroll: true });
  }

  let waiting = false;
  root.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      rows.place();
    });
  });
  new ResizeObserver(() => rows.arrange(cellWidth)).observe(root);

  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey) return;
    const { columns, rowHeight } = rows.layout();
    const rowsSeen = Math.floor(root.clientHeight / rowHeight);
    const next = positionAfter(event, current, { columns, rowsSeen, count: indices.length });
    const before = current;
    if (event.key === 'Enter') onOpen(current);
    else if (event.key === ' ') onSelect(current, null);
    else if (next === null) return;
    else {
      focus(next);
      if (event.shiftKey) onSelect(current, before);
      else onMove();
    }
    event.preventDefault();
  });

  /** The cell that was the current one before the press, which brings the focus. */
  let before = 0;
  root.addEventListener('pointerdown', () => (before = current));
  root.addEventListener('click', (event) => {
    const target = event.target as Element;
    const position = Number(target.closest<HTMLElement>('.cell')?.dataset['position'] ?? NaN);
    if (Number.isNaN(position)) return;
    focus(position);
    if (event.shiftKey) return onSelect(current, before);
    onMove();
    if (event.ctrlKey || event.metaKey || target.matches('.tick')) onSelect(current, null);
    else onOpen(current);
  });
  root.addEventListener('focusin', (event) => {
    const reached = (event.target as Element).closest<HTMLElement>('.cell');
    if (!reached) return;
    current = Number(reached.dataset['position']);
    markCurrent(false);
  });

  return {
    root,
    show(next) {
      indices = next;
      root.classList.toggle('empty', next.length === 0);
      current = Math.min(current, Math.max(0, next.length - 1));
      rows.show(next.length);
    },
    refresh: rows.rebuild,
    renew: rows.renew,
    reselect() {
      for (const one of rows.body.querySelectorAll<HTMLElement>('.cell'))
        one.setAttribute('aria-selected', String(isSelected(Number(one.dataset['index']))));
    },
    resize(width) {
      cellWidth = width;
      rows.arrange(width);
    },
    goTo(position) {
      if (indices.length === 0) return;
      const { activeElement } = document;
      if (root.contains(activeElement) || activeElement === document.body) focus(position);
      else scrollTo(position);
    },
    focus,
    position: () => current,
    print: rows.print,
    endPrint: rows.endPrint,
  };
}
