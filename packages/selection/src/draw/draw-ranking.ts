import { extname } from 'node:path';
import { assertFunctions, Image, printable, shortNumber } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import type * as Viz from '@qualm/viz';
import type { Layer } from '@qualm/viz';
import { assertRanking } from '../assert-arguments.ts';
import { assertNotAborted } from '../assert-not-aborted.ts';
import type { OptionNames } from '../choose/ranking-notes.ts';
import type { RankingChoice } from '../choose/ranking-choice.ts';
import { boxesWords, imagesWords } from '../counted.ts';
import type { Ranking } from '../rank/rank-predictions.ts';
import { bestName, scoresOfBox } from '../scan/named-boxes.ts';
import type { FoundBoxes } from '../scan/named-boxes.ts';
import type { DrawnImage } from './drawn-images.ts';
import { imageName } from './image-name.ts';
import { labelFonts } from './label-fonts.ts';
import { noBoxWords } from './no-box-words.ts';

import { unlessUnopened } from './unopened.ts';

export interface DrawOptions {
  /** Font files for characters that the shipped font lacks. */
  readonly fonts?: readonly string[] | undefined;
  /** Takes each picture as it is made. */
  readonly onPicture: (picture: Picture) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
  /** What warnings call the options. */
  readonly optionNames?: OptionNames | undefined;
}

/** A picture of an image with its boxes. */
export interface Picture {
  /** Its rank and the image's name, such as `0001-cat.jpg`; safe as a file's name. */
  readonly name: string;
  /** JPEG. */
  readonly bytes: Uint8Array;
}

/** What was drawn. */
export interface Drawing {
  /** JPEG: all images that were drawn, with their numbers; null where there are none. */
  readonly contactSheet: Uint8Array | null;
  /** Images that cannot be opened any more. */
  readonly undrawn: number;
  /** What is not as it should be in them. */
  readonly warnings: readonly string[];
}

/** A JPEG holds no more than 65,535 rows of pixels. */
const sheetCells = 1000;

/** A second class below this is not worth a reader's time. */
const leastRunnerUp = 0.05;

/** Draws the images that come first and whose boxes the ranking kept (`pictures` of
 * `rankPredictions`): each by itself, and all of them on one contact sheet. Images without a number
 * are left out, unless they were asked to come first.
 * @throws QualmError `aborted` by the signal; what `onPicture` throws.
 */
export async function drawRanking(ranking: Ranking, options: DrawOptions): Promise<Drawing> {
  assertRanking('drawRanking', ranking);
  assertFunctions('drawRanking', 'its options', options, ['onPicture'], '{ onPicture: ({ name, bytes }) => ... }');
  const { drawn: images, labels, choice, empty } = ranking;
  const { fonts: given, onPicture, signal, optionNames } = options;
  const wanted = images.filter((image) => isWanted(image, empty === 'first'));
  const names = wanted.map(({ image, image_id }) => imageName(image, image_id));
  const fonts =
    wanted.length === 0 ? noFonts : await labelFonts([...labels.map(({ name }) => name), ...names], given, optionNames);
  const drawing = { fontFiles: fonts.fontFiles, ...(signal && { signal }) };
  const viz = await import('@qualm/viz');
  // One class has one colour in all of them.
  const colors = viz.pictureColors(wanted.map(({ boxes }) => bestLabels(boxes)));
  const colorOf = new Map(wanted.map((image, at) => [image, colors[at]!]));
  const layerOf = (image: DrawnImage, named?: number): Layer =>
    boxLayer(viz, image, { strategy: choice.strategy, colorOf: colorOf.get(image)!, ...(named && { named }) });
  const done: DrawnImage[] = [];
  const reasons: string[] = [];
  for (const image of wanted) {
    assertNotAborted(signal);
    const bytes = await unlessUnopened(
      image.image!,
      () =>
        viz.render(Image.fromUri(image.image!), layerOf(image), {
          ...{ format: 'jpeg', maxWidth: 1600, ...drawing },
        }),
      (reason) => void reasons.push(reason),
    );
    if (bytes === null) continue;
    await onPicture({ name: pictureName(image), bytes });
    done.push(image);
  }
  const undrawn = reasons.length;
  const warnings = [
    ...fonts.warnings,
    ...(undrawn > 0 ? [`${imagesWords(undrawn)} could not be opened again to be drawn; the first: ${reasons[0]}`] : []),
    ...(done.length > sheetCells
      ? [`the contact sheet shows the first ${sheetCells} of ${imagesWords(done.length)}`]
      : []),
  ];
  if (done.length === 0) return { contactSheet: null, undrawn, warnings };
  const cells = done.slice(0, sheetCells).map((image) => ({
    image: Image.fromUri(image.image!),
    layers: layerOf(image, 1),
    caption: `${image.rank}. ${printable(imageName(image.image, image.image_id))}\n${numberWords(image, choice)}`,
  }));
  return { contactSheet: await viz.contactSheet(cells, { format: 'jpeg', ...drawing }), undrawn, warnings };
}

const noFonts = { fontFiles: [], warnings: [] };

function isWanted({ image, value, boxes, isPredicted }: DrawnImage, withEmpty: boolean): boolean {
  return image !== null && (Number.isFinite(value) || (withEmpty && boxes.length === 0 && isPredicted));
}

/** The number of an image, and whose it is. */
function numberWords(
  { value, boxes, deciding }: DrawnImage,
  { imageShort, aggregation, minScore }: RankingChoice,
): string {
  if (Number.isNaN(value) || deciding === null) return noBoxWords(minScore);
  const isOfOne = aggregation.which !== undefined || boxes.length === 1;
  const whose = isOfOne ? `box ${boxes.places[deciding]}` : boxesWords(boxes.length);
  return `${imageShort} ${shortNumber(value)}, ${whose}`;
}

/** The box that decides is named first, then the least sure ones, so that their tags find the
 * best places; those after `named` have no tag. */
function boxLayer(
  { compose, detections }: Pick<typeof Viz, 'compose' | 'detections'>,
  { boxes, deciding }: DrawnImage,
  {
    strategy,
    colorOf,
    named = Infinity,
  }: { readonly strategy: Strategy; readonly colorOf: Viz.PictureColors; readonly named?: number },
): Layer {
  const sign = strategy.order === 'ascending' ? 1 : -1;
  const keys = Array.from({ length: boxes.length }, (_, row) =>
    row === deciding ? -Infinity : sign * strategy.score(scoresOfBox(boxes, row)),
  );
  const sorted = [...keys.keys()].sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0));
  const tags = new Map(sorted.map((row) => [boxes.at(row)!, tag(boxes, row)]));
  const rows = [...tags.keys()];
  return compose(
    detections(rows.slice(0, named), { colorOf, text: (row) => tags.get(row)! }),
    detections(rows.slice(named), { colorOf, text: () => '' }),
  );
}

/** [boxes]: the label of the best class. */
function bestLabels({ length, labelIds, numClasses }: FoundBoxes): number[] {
  return Array.from({ length }, (_, row) => labelIds[row * numClasses] ?? 0);
}

/** The best class, and the second best where it is in the running. */
function tag(boxes: FoundBoxes, row: number): string {
  const best = `${bestName(boxes, row)} ${boxes.best(row)!.score.toFixed(2)}`;
  const second = boxes.runnerUp(row);
  return second && second.score >= leastRunnerUp
    ? `${best} · ${boxes.nameOf(second.label_id)} ${second.score.toFixed(2)}`
    : best;
}

function pictureName({ rank, image, image_id }: DrawnImage): string {
  const file = imageName(image, image_id);
  const name = file
    .slice(0, file.length - extname(file).length)
    .normalize()
    .replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');
  return `${String(rank).padStart(4, '0')}-${cutTo(120, name) || 'image'}.jpg`;
}

/** As many whole characters as fit into so many bytes: a file's name has room for 255. */
function cutTo(bytes: number, name: string): string {
  return Buffer.from(name)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd$/, '');
}
