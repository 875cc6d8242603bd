import type { ReportData } from '../report-data.ts';
import type { Mark } from '../selection.ts';
import { thumbnailAt } from './cell-at.ts';
import { element } from './element.ts';
import { pictureOf } from './picture.ts';

/** What a cell is, in words: for its picture, and for those who hear the page. */
export function cellWords({ labels, strategies, cells }: ReportData, index: number, sort: number): string {
  const one = (place: number, certainty: number | null): string[] =>
    place < 0 ? [] : [`${labels[place]}${certainty === null ? '' : ` ${certainty.toFixed(2)}`}`];
  const classes = [
    ...one(cells.label[index]!, cells.score[index]!),
    ...one(cells.second[index]!, cells.secondScore[index]!),
  ].join(' or ');
  const value = cells.values[sort]![index];
  const said = value == null ? 'no number' : `${strategies[sort]!.name} ${value.toFixed(4)}`;
  return [classes, said, cells.image[index]!].filter(Boolean).join(', ');
}

/** What somebody said of a cell, in words. */
export function markWords({ verdict, tags }: Mark): string {
  return [...(verdict ? [`${verdict}ed`] : []), ...tags.map((tag) => `#${tag}`)].join(' ');
}

/** Of a cell's picture, as the style has it. */
const frameRatio = 164 / 136;

/** A cell of the grid. */
export function cellView(
  data: ReportData,
  index: number,
  {
    sort,
    mark,
    withPicture,
  }: { readonly sort: number; readonly mark: Mark | undefined; readonly withPicture: boolean },
): HTMLElement {
  const { labels, strategies, cells } = data;
  const [label, second, score] = [cells.label[index]!, cells.second[index]!, cells.score[index]!];
  const [image, value] = [cells.image[index]!, cells.values[sort]![index]];
  // What is seen is part of the name, as those want it who speak to the page.
  const unseen = [strategies[sort]!.name, image, ...(mark?.verdict ? [`${mark.verdict}ed`] : [])].join(', ');
  const tags = mark?.tags.length ? element('span', { class: 'tags' }, mark.tags.join(' ')) : '';
  return element(
    'div',
    { role: 'gridcell', tabindex: -1, class: 'cell', 'data-index': index, 'data-mark': mark?.verdict ?? null },
    withPicture ? pictureOf(thumbnailAt(data, index), { words: '', frameRatio }) : element('div', { class: 'picture' }),
    tags,
    element(
      'div',
      { class: 'caption' },
      element('strong', {}, label < 0 ? image : `${labels[label]}${score === null ? '' : ` ${score.toFixed(2)}`}`),
      element('span', {}, second < 0 ? (label < 0 ? '' : image) : `or ${labels[second]}`),
      element('span', { class: 'value' }, value == null ? '–' : value.toFixed(4)),
      element('span', { class: 'unseen' }, ` ${unseen}`),
    ),
  );
}
