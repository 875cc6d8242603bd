import type { ReportData } from '../../report-data.ts';
import type { Mark } from '../../selection.ts';
import type { CellAnswers } from '../answered/answered-cells.ts';
import { thumbnailAt } from '../cells/cell-at.ts';
import { barsInCells, decidingVector, shownInCell } from '../cells/class-vector.ts';
import { outcomeWords } from '../cells/compared-at.ts';
import { boxWords, decidingWords, noNumberWords, numberAt } from '../cells/deciding-at.ts';
import { isOfSecond } from '../cells/shown-boxes.ts';
import { wordsAt } from '../cells/words-at.ts';
import { element } from '../element.ts';
import { frameRatio } from './grid-layout.ts';
import { pictureOf } from '../picture/picture.ts';
import { vectorBars } from '../picture/vector-bars.ts';

/** What a cell is, in words: for its picture, and for those who hear the page. */
export function cellWords(data: ReportData, index: number, sort: number): string {
  const { cells } = data;
  const { number: by, value, isOfAll } = numberAt(data, index, sort);
  const said = value === null ? noNumberWords(data, index, sort) : `${by.words} ${by.say(value)}`;
  const number = said + (isOfAll ? ' of all boxes' : '');
  return [decidingWords(data, index, sort), number, aloneWords(data, index), cells.image[index]!]
    .filter(Boolean)
    .join(', ');
}

/** Whose box a cell is that only a second model found, which has numbers of no other; else nothing.
 */
function aloneWords(data: ReportData, index: number): string {
  return isOfSecond(data, index) ? outcomeWords('onlySecond', data.layers) : '';
}

/** What somebody said of a cell, in words. */
export function markWords({ verdicts }: Pick<ReportData, 'verdicts'>, { verdict, tags }: Mark): string {
  return [...(verdict ? [verdicts[verdict].done] : []), ...tags.map((tag) => `#${tag}`)].join(' ');
}

/** In pixels: what a cell has around the lines below its picture, each line, the line of what it
 * brings along, and the two lines that say why it is there. */
const heights = { around: 11, line: 17, brought: 16, reason: 32 };

/** Of a cell below its picture, in pixels. */
export function captionHeight(data: ReportData): number {
  const lines = 1 + Math.max(1, barsInCells(data));
  const more = (data.wordColumns ? heights.brought : 0) + (data.cells.reason ? heights.reason : 0);
  return heights.around + lines * heights.line + more;
}

/** A cell of the grid. */
export function cellView(
  data: ReportData,
  index: number,
  {
    sort,
    mark,
    answers,
    badge,
  }: {
    readonly sort: number;
    readonly mark: Mark | undefined;
    /** Null and absent where nothing was answered. */
    readonly answers?: CellAnswers | null;
    /** What is said of cells that are folded under it. */
    readonly badge?: HTMLElement | null;
  },
): HTMLElement {
  const { cells } = data;
  const bars = vectorBars(data, shownInCell(decidingVector(data, index, sort)), (score) => score.toFixed(2));
  const isWhole = cells.region[index] === null;
  const box = isWhole ? boxWords(data, index, sort) || null : null;
  const { number, value, isOfAll } = numberAt(data, index, sort);
  const [image, reason] = [cells.image[index]!, cells.reason?.[index]];
  // What is seen is part of the name, as those want it who speak to the page.
  const unseen = [
    number.words + (isOfAll ? ' of all boxes' : ''),
    ...(box === null ? [] : [image]),
    ...(mark?.verdict ? [data.verdicts[mark.verdict].done] : []),
    ...(answers ? [answers.spoken] : []),
  ].join(', ');
  const alone = aloneWords(data, index);
  const tags = mark?.tags.length ? element('span', { class: 'tags' }, mark.tags.join(' ')) : '';
  return element(
    'div',
    { role: 'gridcell', tabindex: -1, class: 'cell', 'data-index': index, 'data-mark': mark?.verdict ?? null },
    pictureOf(thumbnailAt(data, index, sort), { words: '', frameRatio }),
    tags,
    answers ? answeredBadge(answers) : '',
    alone === '' ? '' : element('span', { class: 'alone' }, alone),
    badge ?? '',
    element(
      'div',
      { class: 'caption' },
      ...(bars.length > 0 ? bars : [element('strong', {}, image)]),
      element('span', { class: 'where', title: image }, box ?? (bars.length > 0 ? image : '')),
      element('span', { class: 'value' }, value === null ? noNumberWords(data, index, sort) : number.say(value)),
      ...(data.wordColumns ? [broughtWords(data, index)] : []),
      ...(reason == null ? [] : [element('span', { class: 'reason', title: reason }, reason)]),
      element('span', { class: 'unseen' }, ` ${unseen}`),
    ),
  );
}

/** The words that a cell brings along, in a line; the pointer reads what they are. */
function broughtWords(data: ReportData, index: number): HTMLElement {
  const words = wordsAt(data, index);
  const title = words.map((named) => named.join(' ')).join('\n');
  return element('span', { class: 'brought', title }, words.map(([, word]) => word).join(' · '));
}

/** What was answered; those who hear the page are told below the picture. */
function answeredBadge({ words, listed }: CellAnswers): HTMLElement {
  return element('span', { class: 'answered', title: listed.join('\n'), 'aria-hidden': 'true' }, words);
}
