import { element } from './element.ts';

const cellWidth = 176;
/** Rows beyond the edges of what is seen, so that scrolling finds them there. */
const rowsAhead = 3;

export interface Grid {
  readonly root: HTMLElement;
  /** Shows these cells, by their places. */
  show(indices: readonly number[]): void;
  /** Makes those anew that are seen. */
  refresh(): void;
  /** Makes one anew, as after a mark. */
  renew(position: number): void;
  /** Puts the focus on a cell, and scrolls to it. */
  focus(position: number): void;
  readonly position: () => number;
}

/** Milliseconds after which pictures are put where they were not visible before. */
const calm = 80;

/** Makes the cell of an index; one that flies by needs no picture. */
export type MakeCell = (index: number, withPicture: boolean) => HTMLElement;

/** A grid of any length of which only the rows near to what is seen exist. Arrows, Home, End and
 * the page keys move within it; it is one stop of the tab key.
 * @param cellHeight of each row, in pixels
 */
export function createGrid(make: MakeCell, onOpen: (position: number) => void, cellHeight: number): Grid {
  const body = element('div', { role: 'rowgroup', class: 'rows' });
  const root = element('div', { role: 'grid', class: 'grid', 'aria-label': 'Cells', 'aria-readonly': 'true' }, body);
  root.style.setProperty('--row', `${cellHeight}px`);
  let indices: readonly number[] = [];
  let columns = 1;
  let current = 0;
  const rows = new Map<number, HTMLElement>();
  /** Rows without pictures. */
  const bare = new Set<number>();
  let placedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function place(): void {
    const isFlying = Math.abs(root.scrollTop - placedAt) > root.clientHeight;
    placedAt = root.scrollTop;
    placeRows(isFlying);
    clearTimeout(timer);
    if (bare.size > 0) timer = setTimeout(fill, calm);
  }

  /** Puts pictures into the rows that were made without. */
  function fill(): void {
    const held = current;
    const hadFocus = body.contains(document.activeElement);
    for (const row of bare) {
      rows.get(row)!.remove();
      rows.delete(row);
      addRow(row, false);
    }
    bare.clear();
    markCurrent();
    if (hadFocus) cellAt(held)?.focus({ preventScroll: true });
  }

  function placeRows(isFlying: boolean): void {
    columns = Math.max(1, Math.floor(root.clientWidth / cellWidth));
    const count = Math.ceil(indices.length / columns);
    body.style.height = `${count * cellHeight}px`;
    root.setAttribute('aria-rowcount', String(count));
    root.setAttribute('aria-colcount', String(columns));
    const first = Math.max(0, Math.floor(root.scrollTop / cellHeight) - rowsAhead);
    const last = Math.min(count - 1, Math.ceil((root.scrollTop + root.clientHeight) / cellHeight) + rowsAhead);
    for (const [row, made] of rows) {
      if (row >= first && row <= last) continue;
      made.remove();
      rows.delete(row);
      bare.delete(row);
    }
    for (let row = first; row <= last; row++) if (!rows.has(row)) addRow(row, isFlying);
    markCurrent();
  }

  function addRow(row: number, isBare: boolean): void {
    if (isBare) bare.add(row);
    const made = element('div', { role: 'row', class: 'row', 'aria-rowindex': row + 1 });
    made.style.transform = `translateY(${row * cellHeight}px)`;
    for (let column = 0; column < columns; column++) {
      const position = row * columns + column;
      if (position >= indices.length) break;
      made.append(placedCell(position, isBare));
    }
    rows.set(row, made);
    const after = [...rows.keys()].filter((other) => other > row).sort((a, b) => a - b)[0];
    body.insertBefore(made, after === undefined ? null : rows.get(after)!);
  }

  function placedCell(position: number, isBare: boolean): HTMLElement {
    const cell = make(indices[position]!, !isBare);
    cell.setAttribute('aria-colindex', String((position % columns) + 1));
    cell.dataset['position'] = String(position);
    return cell;
  }

  function cellAt(position: number): HTMLElement | null {
    return body.querySelector<HTMLElement>(`[data-position="${position}"]`);
  }

  function markCurrent(): void {
    for (const cell of body.querySelectorAll<HTMLElement>('[tabindex="0"]')) cell.tabIndex = -1;
    const cell = cellAt(current) ?? body.querySelector<HTMLElement>('.cell');
    if (cell) cell.tabIndex = 0;
  }

  function rebuild(): void {
    const hadFocus = body.contains(document.activeElement);
    body.replaceChildren();
    rows.clear();
    bare.clear();
    placedAt = root.scrollTop;
    place();
    if (hadFocus) cellAt(current)?.focus({ preventScroll: true });
  }

  function focus(position: number): void {
    if (indices.length === 0) return;
    current = Math.min(indices.length - 1, Math.max(0, position));
    const top = Math.floor(current / columns) * cellHeight;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + cellHeight > root.scrollTop + root.clientHeight)
      root.scrollTop = top + cellHeight - root.clientHeight;
    place();
    cellAt(current)?.focus({ preventScroll: true });
  }

  let waiting = false;
  root.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      place();
    });
  });
  new ResizeObserver(() => {
    if (Math.max(1, Math.floor(root.clientWidth / cellWidth)) === columns) place();
    else rebuild();
  }).observe(root);

  root.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(root.clientHeight / cellHeight)) * columns;
    const inRow = current % columns;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: current + 1,
      ArrowLeft: current - 1,
      ArrowDown: current + columns < indices.length ? current + columns : current,
      ArrowUp: current - columns >= 0 ? current - columns : current,
      PageDown: current + page,
      PageUp: current - page,
      Home: event.ctrlKey ? 0 : current - inRow,
      End: event.ctrlKey ? indices.length - 1 : current - inRow + columns - 1,
    };
    if (event.key === 'Enter' || event.key === ' ') onOpen(current);
    else if (steps[event.key] === undefined || event.altKey || event.metaKey) return;
    else focus(steps[event.key]!);
    event.preventDefault();
  });
  root.addEventListener('click', (event) => {
    const cell = (event.target as Element).closest<HTMLElement>('.cell');
    if (!cell) return;
    focus(Number(cell.dataset['position']));
    onOpen(current);
  });
  root.addEventListener('focusin', (event) => {
    const cell = (event.target as Element).closest<HTMLElement>('.cell');
    if (!cell) return;
    current = Number(cell.dataset['position']);
    markCurrent();
  });

  return {
    root,
    show(next) {
      indices = next;
      root.classList.toggle('empty', next.length === 0);
      current = Math.min(current, Math.max(0, next.length - 1));
      rebuild();
    },
    refresh: rebuild,
    renew(position) {
      const before = cellAt(position);
      if (!before) return;
      const hadFocus = before === document.activeElement;
      const made = placedCell(position, false);
      before.replaceWith(made);
      markCurrent();
      if (hadFocus) made.focus({ preventScroll: true });
    },
    focus,
    position: () => current,
  };
}
