import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from '../cells/box-at.ts';
import { partnerWords } from '../cells/outcomes.ts';
import { element } from '../element.ts';

/** What the table of an image's boxes says of them, as far as anything is known. */
export interface BoxColumns {
  readonly hasRivals: boolean;
  readonly hasValues: boolean;
  readonly hasPartners: boolean;
}

export function boxColumns(boxes: readonly KnownBox[]): BoxColumns {
  return {
    hasRivals: boxes.some(({ rivals }) => rivals.length > 0),
    hasValues: boxes.some(({ values }) => values.length > 0),
    hasPartners: boxes.some(({ partner }) => partner !== null),
  };
}

/** @param sort what the rows are sorted by */
export function headRow(
  { strategies }: ReportData,
  { hasRivals, hasValues, hasPartners }: BoxColumns,
  sort: number,
): HTMLElement {
  const head = (name: string, more: { readonly [name: string]: string | null } = {}): HTMLElement =>
    element('th', { scope: 'col', ...more }, name);
  const ofBoxes = strategies.map(({ box, words, order }) => box ?? { words, order });
  return element(
    'tr',
    {},
    ...[head('Class', { class: 'name' }), head('Score')],
    ...(hasPartners ? [head('Compared', { class: 'name' })] : []),
    ...(hasRivals ? [head('Rival', { class: 'name' }), head('Its score')] : []),
    ...(hasValues
      ? ofBoxes.map(({ words, order }, at) => head(words, { 'aria-sort': at === sort ? order : null }))
      : []),
  );
}

/** @param place of the box in the list */
export function boxRow(
  data: ReportData,
  known: KnownBox,
  { hasRivals, hasValues, hasPartners }: BoxColumns,
  place: number,
): HTMLTableRowElement {
  const { labels, layers, strategies } = data;
  const {
    layer,
    label,
    score,
    rivals: [rival],
    values,
  } = known;
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
    ...(hasPartners ? [element('td', { class: 'name' }, partnerWords(data, known))] : []),
    ...(hasRivals ? [named(rival?.label), number(rival?.score, 2)] : []),
    ...(hasValues ? strategies.map((_, at) => number(values[at], 3)) : []),
  );
}
