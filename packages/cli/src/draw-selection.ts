import { extname, join } from 'node:path';
import { readPredictionShards } from '@qualm/datasets';
import { Image } from '@qualm/types';
import type { Detection, Label, ScoredBox, Strategy } from '@qualm/types';
import { compose, contactSheet, detections, render } from '@qualm/viz';
import type { Layer } from '@qualm/viz';
import { imageName } from './image-name.ts';
import { assertNotInterrupted } from './interrupted.ts';
import { labelFonts } from './label-fonts.ts';
import { ownPictures } from './own-pictures.ts';
import { printable } from './printable.ts';
import type { Ranking } from './rank-predictions.ts';
import { storeFile } from './store-file.ts';
import { unlessUnopened } from './unopened.ts';

export interface DrawSelectionOptions {
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
}

type Row = Detection | ScoredBox;

/** A JPEG holds no more than 65,535 rows of pixels. */
const sheetCells = 1000;

/** A second class below this is not worth a reader's time. */
const leastRunnerUp = 0.05;

/** Draws the images that come first, each into pictures/, and all of them on one contact sheet. */
export async function drawSelection(
  out: string,
  predictions: string,
  { images, labels, choice, empty }: Pick<Ranking, 'images' | 'labels' | 'choice' | 'empty'>,
  { top, font, signal }: DrawSelectionOptions,
): Promise<Pictures> {
  const { strategy, imageColumn, minScore } = choice;
  const first = images.objects({ limit: top }) as Record<string, unknown>[];
  const selected = selectedImages(first, imageColumn, empty === 'first');
  if (selected.length === 0) return { pictures: [], contactSheet: null, undrawn: 0, warnings: [] };
  const rows = await boxesOf(predictions, selected, { minScore, signal });
  const folder = join(out, 'pictures');
  await ownPictures(folder, selected.map(pictureName));
  const names = selected.map(({ image, image_id }) => imageName(image, image_id));
  const fonts = await labelFonts([...labels.map(({ name }) => name), ...names], font);
  const drawing = { fontFiles: fonts.fontFiles, signal };
  const pictures: string[] = [];
  const drawn: Selected[] = [];
  const reasons: string[] = [];
  for (const image of selected) {
    const path = join(folder, pictureName(image));
    assertNotInterrupted(signal);
    const layer = boxLayer(rows.get(image.image_id)!, labels, strategy);
    const picture = await unlessUnopened(
      image.image,
      () => render(Image.fromUri(image.image), layer, { format: 'jpeg', maxWidth: 1600, ...drawing }),
      (reason) => void reasons.push(reason),
    );
    if (picture === null) continue;
    await storeFile(path, picture);
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
  const sheet = join(out, 'contact-sheet.jpg');
  const cells = drawn.slice(0, sheetCells).map((image) => ({
    image: Image.fromUri(image.image),
    layers: boxLayer(rows.get(image.image_id)!, labels, strategy, 1),
    caption: `${image.rank}. ${printable(imageName(image.image, image.image_id))}\n${Number.isNaN(image.uncertainty) ? 'no box' : `${imageColumn} ${image.uncertainty.toFixed(4)}`}`,
  }));
  await storeFile(sheet, await contactSheet(cells, { format: 'jpeg', ...drawing }));
  return { pictures, contactSheet: sheet, undrawn, warnings };
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
    }));
}

async function boxesOf(
  predictions: string,
  selected: readonly Selected[],
  { minScore, signal }: { readonly minScore: number; readonly signal: AbortSignal },
): Promise<Map<string | number, Row[]>> {
  const found = new Map(selected.map(({ image_id }) => [image_id, [] as Row[]]));
  /** An image that stands in the list twice has its boxes once. */
  const isRead = new Set<string | number>();
  for await (const { columns } of readPredictionShards(predictions)) {
    assertNotInterrupted(signal);
    for (let row = 0; row < columns.image_id.length; row++) {
      const id = columns.image_id.at(row)!;
      const boxes = isRead.has(id) ? undefined : found.get(id);
      isRead.add(id);
      for (const box of (boxes && columns.detections.at(row)) ?? []) if (bestScore(box) >= minScore) boxes!.push(box);
    }
  }
  return found;
}

function bestScore(row: Row): number {
  return 'score' in row ? row.score : (row.scores[0] ?? 0);
}

/** The least sure boxes are named first, so that their tags find the best places; those after `named` have no tag. */
function boxLayer(rows: readonly Row[], labels: readonly Label[], strategy: Strategy, named = Infinity): Layer {
  const sign = strategy.order === 'ascending' ? 1 : -1;
  const uncertainty = (row: Row): number => sign * strategy.score('scores' in row ? row.scores : [row.score]);
  const sorted = [...rows].sort((a, b) => uncertainty(a) - uncertainty(b));
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
