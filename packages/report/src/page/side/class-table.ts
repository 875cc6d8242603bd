import { element } from '../element.ts';

/** Places of two classes; -1 for none. */
type Pair = readonly [row: number, column: number];

/** What a table of two classes says. */
export interface ClassTable {
  readonly caption: string;
  /** On both sides, in this order; the name of each, none included. */
  readonly places: readonly number[];
  nameOf(place: number): string;
  count(pair: Pair): number;
  /** A pair in words. */
  words(pair: Pair): string;
  /** Whether the numbers are coloured where both classes are the same. Default true. */
  readonly diagonal?: boolean;
  readonly chosen: Pair | null;
  readonly onChoose: (pair: Pair | null) => void;
}

/** How often which class meets which: a table whose numbers are buttons. */
export function classTable({ caption, places, nameOf, diagonal = true, ...table }: ClassTable): HTMLElement {
  const isColoured = (row: number, column: number): boolean => diagonal || row !== column;
  const counts = places.flatMap((row) =>
    places.filter((column) => isColoured(row, column)).map((column) => table.count([row, column])),
  );
  const most = Math.max(1, ...counts);
  const head = element('tr', {}, element('td', {}));
  for (const column of places) head.append(element('th', { scope: 'col' }, element('span', {}, nameOf(column))));
  const root = element('table', { class: 'pairs' });
  root.append(element('caption', {}, caption), head);
  for (const row of places) {
    const line = element('tr', {}, element('th', { scope: 'row' }, nameOf(row)));
    for (const column of places) line.append(cellOf(row, column));
    root.append(line);
  }
  return root;

  function cellOf(row: number, column: number): HTMLElement {
    const count = table.count([row, column]);
    const isChosen = table.chosen?.[0] === row && table.chosen[1] === column;
    if (count === 0 && !isChosen) return element('td', {});
    const words = `${table.words([row, column])}: ${count}`;
    const button = element(
      'button',
      { type: 'button', 'aria-pressed': String(isChosen), 'aria-label': words, title: words },
      String(count),
    );
    button.style.setProperty('--share', String(isColoured(row, column) ? count / most : 0));
    button.addEventListener('click', () => table.onChoose(isChosen ? null : [row, column]));
    return element('td', {}, button);
  }
}
