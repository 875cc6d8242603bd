import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { element } from '../element.ts';

/** What the table of an image's boxes says of them, as far as anything is known. */
export interface BoxColumns {
  readonly hasRivals: boolean;
  readonly hasValues: boolean;
}

export function boxColumns(boxes: readonly KnownBox[]): BoxColumns {
  return {
    hasRivals: boxes.some(({ rivals }) => rivals.length > 0),
    hasValues: boxes.some(({ values }) => values.length > 0),
  };
}

/** @param sort what the rows are sorted by */
export function headRow({ strategies }: ReportData, { hasRivals, hasValues }: BoxColumns, sort: number): HTMLElement {
  const head = (name: string, more: { readonly [name: string]: string | null } = {}): HTMLElement =>
    element('th', { scope: 'col', ...more }, name);
  const ofBoxes = strategies.map(({ box, words, order }) => box ?? { words, order });
  return element(
    'tr',
    {},
    ...[head('Class', { class: 'name' }), head('Score')],
    ...(hasRivals ? [head('Rival', { class: 'name' }), head('Its score')] : []),
    ...(hasValues
      ? ofBoxes.map(({ words, order }, at) => head(words, { 'aria-sort': at === sort ? order : null }))
      : []),
  );
}

/** @param place of the box in the list */
export function boxRow(
  { labels, layers, strategies }: ReportData,
  { layer, label, score, rivals: [rival], values }: KnownBox,
  { hasRivals, hasValues }: BoxColumns,
  place: number,
): HTMLTableRowElement {
  // Below one another numbers are compared, so all have the same digits.
  const number = (value: number | null | undefined, digits: number): HTMLElement =>
    element('td', { class: 'number' }, value == null ? '' : value.toFixed(digits));
  const named = (of: number | undefined, ...more: readonly HTMLElement[]): HTMLElement => {
    const name = labels[of ?? -1] ?? '';
    return element('td', { class: 'name', title: name }, ...more, name);
  };
  const whose = [
    element('span', { class: 'swatch', 'data-layer': layer }),
    element('span', { class: 'unseen' }, `${layers[layer]}: `),
  ];
  return element(
    'tr',
    { 'data-at': place, tabindex: -1 },
    ...[named(label, ...(layers.length > 1 ? whose : [])), number(score, 2)],
    ...(hasRivals ? [named(rival?.label), number(rival?.score, 2)] : []),
    ...(hasValues ? strategies.map((_, at) => number(values[at], 3)) : []),
  );
}
