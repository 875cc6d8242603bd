import { boxWords, imageName, rankingNotes } from '@qualm/selection';
import type { RankedImage, Ranking, RankingChoice } from '@qualm/selection';
import stringWidth from 'string-width';
import { counted, countText, printable } from '@qualm/types';
import { classWords, numberText } from '../../output/short-text.ts';
import { fitText } from '../../output/table/fit-text.ts';
import { optionNames } from '../../options/ranking-options.ts';
import { failureLines } from '../../predict/tally.ts';
import type { RunCounts } from '../../predict/predict-images.ts';
import type { Styled } from '../../terminal/styled-text.ts';

type Line = string | readonly (string | Styled)[];

/** What the terminal shows at the end of a run: counts, the ten images that come first, and what
 * failed.
 * @param columns of the terminal; no name is cut where it is Infinity.
 */
export function summarize(ranking: Ranking, run: RunCounts | undefined, columns: number): Line[] {
  const { counts, images, choice, failures } = ranking;
  const { aggregation, imageColumn, imageOrder, imageWords } = choice;
  const speed =
    run && run.done > 0 ? ` in ${run.seconds.toFixed(1)} s (${(run.done / run.seconds).toFixed(1)} a second)` : '';
  const end = imageOrder === 'ascending' ? 'smallest' : 'largest';
  return [
    `${counted(counts.images, 'image')}${speed}, ${countText(counts.failed)} failed, ${counted(counts.boxes, 'box', 'boxes')}`,
    '',
    ...rankingNotes(ranking, optionNames),
    `ranked by ${imageWords}`,
    `least sure first (${end} ${imageColumn})${aggregation.which ? '' : ', each with its box of greatest doubt'}:`,
    ...imageLines([...images.slice(0, 10)], choice, columns),
    ...failureLines({ failed: counts.failed, failures }),
  ];
}

/** Of each image its number, what the box that decides it was taken for and what else it might be,
 * its name, and which of its boxes that is.
 */
function imageLines(images: readonly RankedImage[], choice: RankingChoice, columns: number): Line[] {
  const rows = images.map((row) => ({
    rank: String(row.rank).padStart(4),
    value: numberText(row.value),
    classes: printable(row.error === null ? classesOf(row) || boxWords(row, choice) : 'failed'),
    name: printable(imageName(row.image, row.image_id)),
    box: boxText(row),
  }));
  const widest = (name: 'value' | 'classes' | 'name' | 'box'): number =>
    rows.reduce((most, row) => Math.max(most, stringWidth(row[name])), 0);
  const [values, boxes] = [widest('value'), widest('box')];
  // The gaps between five parts, and the rank; classes and names share what is left.
  const room = columns - 4 - values - boxes - 4 * 2;
  const names = Math.min(widest('name'), Math.max(12, room - widest('classes')));
  const classes = Math.min(widest('classes'), Math.max(12, room - names));
  return rows.map(({ rank, value, classes: words, name, box }) => [
    { style: 'dim', text: rank },
    '  ',
    { style: 'bold', text: value.padStart(values) },
    `  ${padded(fitText(words, classes), classes)}  ${padded(fitText(name, names, { keep: 'end' }), names)}  `,
    { style: 'dim', text: box },
  ]);
}

function classesOf({ label, score, second_label, second_score }: RankedImage): string {
  return classWords([label, score], [second_label, second_score]);
}

/** Which of the stored boxes it is, and how many count. */
function boxText({ boxes, box_index: index }: RankedImage): string {
  return index === null ? '' : `box ${index}${boxes === 1 ? ', the only one' : `; ${counted(boxes, 'box', 'boxes')}`}`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
