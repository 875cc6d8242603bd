import { mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readPredictionShards } from '@qualm/datasets';
import { Image } from '@qualm/types';
import type { Detection, Label, ScoredBox, Strategy } from '@qualm/types';
import { compose, contactSheet, detections, render } from '@qualm/viz';
import type { Layer } from '@qualm/viz';
import type { RankingChoice } from './choose-ranking.ts';
import { imageName } from './image-name.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { labelFonts } from './label-fonts.ts';
import { noBoxWords } from './no-box-words.ts';
import { removeOwnFiles, storeFile } from './own-files.ts';
import type { OverwriteOptions } from './own-files.ts';
import { printable } from './printable.ts';
import type { Ranking } from './rank-predictions.ts';
import { unlessUnopened } from './unopened.ts';

export interface DrawSelectionOptions extends OverwriteOptions {
  /** Images to draw. */
  readonly top: number;
  /** Fonts for characters that the shipped one lacks. */
  readonly font?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** What was drawn. */
export interface Pictures {
  readonly pictures: readonly string[];
  readonly contactSheet: string | null;
  /** Images that cannot be opened any more. */
  readonly undrawn: number;
  /** What is not as it should be in them. */
  readonly warnings: readonly string[];
}

interface Selected {
  readonly rank: number;
  readonly image_id: string | number;
  readonly image: string;
  readonly uncertainty: number;
  /** How many boxes it has, and which of those that are stored its number comes from, or is the least sure. */
  readonly boxes: number;
  readonly deciding: number | null;
}

type Row = Detection | ScoredBox;

/** A box, and which of its image's it is. */
interface FoundBox {
  readonly row: Row;
  readonly index: number;
}

/** A JPEG holds no more than 65,535 rows of pixels. */
const sheetCells = 1000;

/** The picture of all that are drawn. */
export const sheetName = 'contact-sheet.jpg';

/** A second class below this is not worth a reader's time. */
const leastRunnerUp = 0.05;

/** Draws the images that come first, each into pictures/, and all of them on one contact sheet. */
export async function drawSelection(
  out: string,
  predictions: string,
  { images, labels, choice, empty }: Pick<Ranking, 'images' | 'labels' | 'choice' | 'empty'>,
  { top, font, signal, force }: DrawSelectionOptions,
): Promise<Pictures> {
  const { strategy, imageColumn, minScore } = choice;
  const first = images.objects({ limit: top }) as Record<string, unknown>[];
  const selected = selectedImages(first, imageColumn, empty === 'first');
  if (selected.length === 0) return { pictures: [], contactSheet: null, undrawn: 0, warnings: [] };
  const rows = await boxesOf(predictions, selected, { minScore, signal });
  const folder = join(out, 'pictures');
  await mkdir(folder, { recursive: true });
  await removeOwnFiles(folder, (name) => name.endsWith('.jpg'));
  const names = selected.map(({ image, image_id }) => imageName(image, image_id));
  const fonts = await labelFonts([...labels.map(({ name }) => name), ...names], font);
  const drawing = { fontFiles: fonts.fontFiles, signal };
  const pictures: string[] = [];
  const drawn: Selected[] = [];
  const reasons: string[] = [];
  for (const image of selected) {
    const path = join(folder, pictureName(image));
    assertNotInterrupted(signal);
    const layer = boxLayer(rows.get(image.image_id)!, image, labels, strategy);
    const picture = await unlessUnopened(
      image.image,
      () => render(Image.fromUri(image.image), layer, { format: 'jpeg', maxWidth: 1600, ...drawing }),
      (reason) => void reasons.push(reason),
    );
    if (picture === null) continue;
    await storeFile(path, picture, { force });
    pictures.push(path);
    drawn.push(image);
  }
  const undrawn = reasons.length;
  const warnings = [
    ...fonts.warnings,
    ...(undrawn > 0 ? [`${undrawn} images could not be opened again to be drawn; the first: ${reasons[0]}`] : []),
    ...(drawn.length > sheetCells ? [`the contact sheet shows the first ${sheetCells} of ${drawn.length} images`] : []),
  ];
  if (drawn.length === 0) return { pictures, contactSheet: null, undrawn, warnings };
  const sheet = join(out, sheetName);
  const cells = drawn.slice(0, sheetCells).map((image) => ({
    image: Image.fromUri(image.image),
    layers: boxLayer(rows.get(image.image_id)!, image, labels, strategy, 1),
    caption: `${image.rank}. ${printable(imageName(image.image, image.image_id))}\n${numberWords(image, choice)}`,
  }));
  await storeFile(sheet, await contactSheet(cells, { format: 'jpeg', ...drawing }), { force });
  return { pictures, contactSheet: sheet, undrawn, warnings };
}

/** The number of an image, and whose it is. */
function numberWords(
  { uncertainty, boxes, deciding }: Selected,
  { imageShort, aggregation, minScore }: RankingChoice,
): string {
  if (Number.isNaN(uncertainty)) return noBoxWords(minScore);
  const isOfOne = aggregation.which !== undefined || boxes === 1;
  return `${imageShort} ${uncertainty.toPrecision(3)}, ${isOfOne ? `box ${deciding}` : `${boxes} boxes`}`;
}

/** Images with a number, and those without a box where they were asked for first. */
function selectedImages(rows: readonly Record<string, unknown>[], name: string, withEmpty: boolean): Selected[] {
  const isWanted = (row: Record<string, unknown>): boolean =>
    Number.isFinite(row[name]) || (withEmpty && row['boxes'] === 0 && row['error'] === null);
  return rows
    .filter((row) => typeof row['image'] === 'string' && isWanted(row))
    .map((row) => ({
      rank: row['rank'] as number,
      image_id: row['image_id'] as string | number,
      image: row['image'] as string,
      uncertainty: row[name] as number,
      boxes: row['boxes'] as number,
      deciding: row['box_index'] as number | null,
    }));
}

async function boxesOf(
  predictions: string,
  selected: readonly Selected[],
  { minScore, signal }: { readonly minScore: number; readonly signal: AbortSignal },
): Promise<Map<string | number, FoundBox[]>> {
  const found = new Map(selected.map(({ image_id }) => [image_id, [] as FoundBox[]]));
  /** An image that stands in the list twice has its boxes once. */
  const isRead = new Set<string | number>();
  for await (const { columns } of readPredictionShards(predictions)) {
    assertNotInterrupted(signal);
    for (let row = 0; row < columns.image_id.length; row++) {
      const id = columns.image_id.at(row)!;
      const boxes = isRead.has(id) ? undefined : found.get(id);
      isRead.add(id);
      if (!boxes) continue;
      const all = [...(columns.detections.at(row) ?? [])].map((one, index) => ({ row: one, index }));
      boxes.push(...all.filter((one) => bestScore(one.row) >= minScore));
    }
  }
  return found;
}

function bestScore(row: Row): number {
  return 'score' in row ? row.score : (row.scores[0] ?? 0);
}

/** The box that decides is named first, then the least sure ones, so that their tags find the best places; those after `named` have no tag. */
function boxLayer(
  found: readonly FoundBox[],
  { deciding }: Selected,
  labels: readonly Label[],
  strategy: Strategy,
  named = Infinity,
): Layer {
  const sign = strategy.order === 'ascending' ? 1 : -1;
  const key = ({ row, index }: FoundBox): number =>
    index === deciding ? -Infinity : sign * strategy.score('scores' in row ? row.scores : [row.score]);
  const sorted = found
    .map((one) => ({ row: one.row, at: key(one) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ row }) => row);
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  return compose(
    detections(sorted.slice(0, named), { text: (row) => tag(row, names) }),
    detections(sorted.slice(named), { text: () => '' }),
  );
}

/** The best class, and the second best where it is in the running. */
function tag(row: Row, names: ReadonlyMap<number, string>): string {
  const [ids, scores] = 'scores' in row ? [row.label_ids, row.scores] : [[row.label_id], [row.score]];
  const name = (index: number): string => `${names.get(ids[index]!) ?? ids[index]} ${scores[index]!.toFixed(2)}`;
  return (scores[1] ?? 0) >= leastRunnerUp ? `${name(0)} · ${name(1)}` : name(0);
}

function pictureName({ rank, image, image_id }: Selected): string {
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
