import type { ReportCellData, ReportData } from '../report-data.ts';
import { element } from './element.ts';
import type { Mark } from './view-state.ts';

/** What a cell is, in words: for its picture, and for those who hear the page. */
export function cellWords({ labels, strategies }: ReportData, cell: ReportCellData, sort: number): string {
  const { label, second, score, secondScore, values, image } = cell;
  const one = (place: number, certainty: number | null): string[] =>
    place < 0 ? [] : [`${labels[place]}${certainty === null ? '' : ` ${certainty.toFixed(2)}`}`];
  const classes = [...one(label, score), ...one(second, secondScore)].join(' or ');
  const value = values[sort];
  const said = value == null ? 'no number' : `${strategies[sort]!.name} ${value.toFixed(4)}`;
  return [classes, said, image].filter(Boolean).join(', ');
}

/** The picture of a cell with its boxes over it, or a word that there is none. */
export function pictureOf(cell: ReportCellData, words: string): HTMLElement {
  const frame = element('div', { class: 'picture' });
  const failed = (): HTMLElement => element('span', { class: 'no-picture' }, 'no picture');
  if (cell.src === null) {
    frame.append(failed());
    return frame;
  }
  const image = element('img', { alt: words, draggable: 'false', decoding: 'async' });
  image.src = cell.src;
  image.addEventListener('error', () => frame.replaceChildren(failed()), { once: true });
  const stage = element('div', { class: 'stage' }, image);
  stage.style.aspectRatio = `${cell.width} / ${cell.height}`;
  // As large as fits into the frame, whichever side meets it first.
  stage.style.setProperty('--ratio', String(cell.width / cell.height));
  for (const [left, top, width, height] of cell.boxes) {
    const drawn = element('div', { class: 'box', 'aria-hidden': 'true' });
    Object.assign(drawn.style, {
      left: `${100 * left}%`,
      top: `${100 * top}%`,
      width: `${100 * width}%`,
      height: `${100 * height}%`,
    });
    stage.append(drawn);
  }
  frame.append(stage);
  return frame;
}

/** A cell of the grid. */
export function cellView(
  data: ReportData,
  index: number,
  { sort, mark }: { readonly sort: number; readonly mark: Mark | undefined },
): HTMLElement {
  const cell = data.cells[index]!;
  const { labels } = data;
  const { label, second, score, values } = cell;
  const value = values[sort];
  // What is seen is part of the name, as those want it who speak to the page.
  const unseen = [data.strategies[sort]!.name, cell.image, ...(mark ? [`${mark}ed`] : [])].join(', ');
  return element(
    'div',
    { role: 'gridcell', tabindex: -1, class: 'cell', 'data-index': index, 'data-mark': mark ?? null },
    pictureOf(cell, ''),
    element(
      'div',
      { class: 'caption' },
      element('strong', {}, label < 0 ? cell.image : `${labels[label]}${score === null ? '' : ` ${score.toFixed(2)}`}`),
      element('span', {}, second < 0 ? '' : `or ${labels[second]}`),
      element('span', { class: 'value' }, value == null ? '–' : value.toFixed(4)),
      element('span', { class: 'unseen' }, ` ${unseen}`),
    ),
  );
}
