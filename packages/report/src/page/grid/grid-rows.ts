import { element } from '../element.ts';
import { gridLayout } from './grid-layout.ts';
import type { GridLayout } from './grid-layout.ts';

/** Rows beyond the edges of what is seen, so that scrolling finds them there. */
const rowsAhead = 3;
/** Milliseconds after which cells that flew by are made as a whole. */
const calm = 80;

/** The rows of a grid of which only those near to what is seen exist. */
export interface GridRows {
  readonly body: HTMLElement;
  readonly layout: () => GridLayout;
  /** Begins anew, with so many cells. */
  show(count: number): void;
  /** Makes those that are missing, and lets go of those that are far away. */
  place(): void;
  /** Makes all anew. */
  rebuild(): void;
  /** Makes one cell anew. */
  renew(position: number): void;
  /** Lays cells of this width, or a little more, into the width that there is; what was seen first
   * still is.
   */
  arrange(cellWidth: number): void;
  /** Null for one that does not exist. */
  cellAt(position: number): HTMLElement | null;
  /** Makes the first so many cells at once, for paper. */
  print(most: number): void;
  endPrint(): void;
}

/** @param make the cell of a position, or what stands for it while it flies by
 * @param onMade told when cells have been made, and whether the focus was in one that is gone
 */
export function createGridRows(
  root: HTMLElement,
  make: (position: number, isPassing: boolean) => HTMLElement,
  { captionHeight, onMade }: { readonly captionHeight: number; readonly onMade: (hadFocus: boolean) => void },
): GridRows {
  const body = element('div', { role: 'rowgroup', class: 'rows' });
  root.append(body);
  let count = 0;
  let layout = gridLayout(0, 1, captionHeight);
  const rows = new Map<number, HTMLElement>();
  /** Rows of cells that fly by. */
  const passing = new Set<number>();
  let placedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPrinting = false;

  function place(): void {
    if (isPrinting) return;
    const isFlying = Math.abs(root.scrollTop - placedAt) > root.clientHeight;
    placedAt = root.scrollTop;
    placeRows(isFlying);
    clearTimeout(timer);
    if (passing.size > 0) timer = setTimeout(fill, calm);
  }

  const hasFocus = (): boolean => body.contains(document.activeElement);

  /** Makes what flew by as a whole, and the rows beyond. */
  function fill(): void {
    const hadFocus = hasFocus();
    for (const row of passing) {
      rows.get(row)!.remove();
      rows.delete(row);
      addRow(row, false);
    }
    passing.clear();
    placeRows(false);
    onMade(hadFocus);
  }

  function placeRows(isFlying: boolean): void {
    const { rowHeight } = layout;
    let isSame = true;
    // Nobody comes from one row to the next when all fly by.
    const ahead = isFlying ? 0 : rowsAhead;
    const first = Math.max(0, Math.floor(root.scrollTop / rowHeight) - ahead);
    const last = Math.min(rowsInAll() - 1, Math.ceil((root.scrollTop + root.clientHeight) / rowHeight) + ahead);
    for (const [row, made] of rows) {
      if (row >= first && row <= last) continue;
      made.remove();
      rows.delete(row);
      passing.delete(row);
      isSame = false;
    }
    for (let row = first; row <= last; row++) {
      if (rows.has(row)) continue;
      addRow(row, isFlying);
      isSame = false;
    }
    // Most frames of scrolling need no row.
    if (!isSame) onMade(false);
  }

  const rowsInAll = (): number => Math.ceil(count / layout.columns);

  function setSize(): void {
    body.style.height = `${rowsInAll() * layout.rowHeight}px`;
    root.setAttribute('aria-rowcount', String(rowsInAll()));
    root.setAttribute('aria-colcount', String(layout.columns));
  }

  function addRow(row: number, isPassing: boolean): void {
    const { columns, rowHeight } = layout;
    if (isPassing) passing.add(row);
    const made = element('div', { role: 'row', class: 'row', 'aria-rowindex': row + 1 });
    made.style.transform = `translateY(${row * rowHeight}px)`;
    for (let position = row * columns; position < Math.min(count, (row + 1) * columns); position++)
      made.append(placed(position, isPassing));
    rows.set(row, made);
    const after = [...rows.keys()].filter((other) => other > row).sort((a, b) => a - b)[0];
    body.insertBefore(made, after === undefined ? null : rows.get(after)!);
  }

  function placed(position: number, isPassing: boolean): HTMLElement {
    const cell = make(position, isPassing);
    cell.setAttribute('aria-colindex', String((position % layout.columns) + 1));
    cell.dataset['position'] = String(position);
    return cell;
  }

  function clear(): void {
    clearTimeout(timer);
    body.replaceChildren();
    rows.clear();
    passing.clear();
  }

  function rebuild(): void {
    const hadFocus = hasFocus();
    clear();
    setSize();
    placedAt = root.scrollTop;
    place();
    onMade(hadFocus);
  }

  const cellAt = (position: number): HTMLElement | null => body.querySelector(`[data-position="${position}"]`);

  return {
    ...{ body, layout: () => layout, place, rebuild, cellAt },
    show(next) {
      count = next;
      rebuild();
    },
    renew(position) {
      const before = cellAt(position);
      if (!before) return;
      const hadFocus = before === document.activeElement;
      before.replaceWith(placed(position, false));
      onMade(hadFocus);
    },
    arrange(cellWidth) {
      // Behind the filters of a phone there is no width.
      if (isPrinting || root.clientWidth === 0) return;
      const next = gridLayout(root.clientWidth, cellWidth, captionHeight);
      if (next.columns === layout.columns && next.rowHeight === layout.rowHeight) return place();
      const top = Math.floor(root.scrollTop / layout.rowHeight) * layout.columns;
      layout = next;
      root.style.setProperty('--row', `${layout.rowHeight}px`);
      root.style.setProperty('--picture', `${layout.pictureHeight}px`);
      root.style.setProperty('--columns', String(layout.columns));
      setSize();
      root.scrollTop = Math.floor(top / layout.columns) * layout.rowHeight;
      rebuild();
    },
    print(most) {
      isPrinting = true;
      clear();
      for (let row = 0; row * layout.columns < Math.min(most, count); row++) addRow(row, false);
    },
    endPrint() {
      isPrinting = false;
      rebuild();
    },
  };
}
