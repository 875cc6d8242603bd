import { basename } from 'node:path';
import type { BoxClasses, ReportBox, ReportCell, ReportOptions } from '@qualm/report';
import type { Box2d } from '@qualm/types';
import { cropRegion } from '@qualm/viz/svg';
import type { Rect } from '@qualm/viz/svg';
import type { AskedRanking } from '../choose-ranking.ts';
import { UsageError } from '../exit-code.ts';
import { imageName } from '../image-name.ts';
import { thresholdNotes } from '../ranking-notes.ts';
import type { ThresholdCounts } from '../ranking-notes.ts';
import { noBoxWords } from '../no-box-words.ts';
import { labelledCharts } from './labelled-charts.ts';
import { leastSureCells } from './least-sure-cells.ts';
import type { CellKind } from './least-sure-cells.ts';
import { resolveMeasures } from './measures.ts';
import { readLabels, readOtherModel } from './other-boxes.ts';
import type { OtherBoxes } from './other-boxes.ts';
import type { LayerBox, SeenBox, SeenCell, SeenImage } from './seen-cell.ts';
import { seenImages } from './seen-images.ts';

/** What is in a report, written or served. */
export interface ReportContents extends AskedRanking {
  readonly predictions: string;
  /** Predictions of another model, of the same images. */
  readonly against?: string | undefined;
  /** A COCO file with what people drew. */
  readonly coco?: string | undefined;
  readonly by: CellKind;
  readonly minScore: number;
  /** Draws the order of ties, which else go by image id. */
  readonly seed?: number | undefined;
  readonly cells: number;
  readonly title?: string | undefined;
}

/** A cell without its picture, and where that comes from. */
export interface PlannedCell {
  readonly cell: ReportCell;
  /** Of the image; null where it is not a file. */
  readonly uri: string | null;
}

/** What a crop shows around its box, of the box's longer side. */
const context = 0.3;
/** Boxes that are drawn over one picture. */
const mostBoxes = 200;

/** The cells of a report, least sure first, and what they have in common.
 * @throws UsageError for predictions that are none, and a strategy that is none.
 */
export async function readReport(
  contents: ReportContents,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<{
  readonly cells: readonly PlannedCell[];
  readonly options: ReportOptions;
  readonly warnings: readonly string[];
  /** What the user should know: how the ranking was chosen, what a threshold left out. */
  readonly notes: readonly string[];
}> {
  const { predictions, against, coco, by, seed, cells: limit } = contents;
  const [own, other] = modelNames(predictions, against);
  const hasOther = against !== undefined;
  const { measures, minScore, words, notes: chosen } = await resolveMeasures({ ...contents, hasOther }, cwd);
  const others: OtherBoxes[] = [
    ...(against === undefined ? [] : [await readOtherModel(against, { name: other, minScore, signal })]),
    ...(coco === undefined ? [] : [await readLabels(coco)]),
  ];
  const warnings: string[] = [];
  const notes: string[] = [...chosen];
  const tell = {
    warn: (message: string) => void warnings.push(message),
    onCounts: (counts: ThresholdCounts) => {
      const where = by === 'box' ? 'are not in it' : 'come last';
      notes.push(...thresholdNotes({ ...counts, threshold: minScore, where }));
    },
  };
  const images = (told: Partial<typeof tell> = {}): AsyncGenerator<SeenImage> =>
    seenImages(predictions, { measures, minScore, others, signal, ...told });
  const seen = await leastSureCells(images(tell), measures, { by, limit, seed });
  const labelled =
    coco === undefined
      ? null
      : await chartsOf(coco, labelledCharts(predictions, coco, images(), measures[0], { minScore, seed }));
  const places = new Map<string, number>();
  const place = (name: string): number => {
    if (!places.has(name)) places.set(name, places.size);
    return places.get(name)!;
  };
  const cells = seen.map((one) => ({ cell: plannedCell(one, by, place), uri: one.image.uri }));
  const options: ReportOptions = {
    title: contents.title ?? (by === 'box' ? 'Least sure boxes' : 'Least sure images'),
    about: `ranked by ${words[by]}`,
    labels: [...places.keys()],
    strategies: measures.map(({ name, order, imageName, imageOrder }) =>
      by === 'box' ? { name, order } : { name: imageName, order: imageOrder },
    ),
    layers: others.length === 0 ? ['boxes'] : [own, ...others.map(({ name }) => name)],
    noBox: noBoxWords(minScore),
    ...(labelled && { charts: labelled.charts }),
  };
  return { cells, options, notes, warnings: [...warnings, ...(labelled?.warnings ?? [])] };
}

/** Labels that have nothing in common with the predictions are shown all the same. */
async function chartsOf(coco: string, made: ReturnType<typeof labelledCharts>): ReturnType<typeof labelledCharts> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof UsageError) return { charts: [], warnings: [`no charts of ${coco}: ${error.message}`] };
    throw error;
  }
}

/** What two folders of predictions are called: the last parts of their paths in which they differ. */
function modelNames(predictions: string, against: string | undefined): [string, string] {
  if (against === undefined) return [basename(predictions), ''];
  const [one, two] = [predictions, against].map((path) => path.split(/[\\/]/).filter(Boolean)) as [string[], string[]];
  while (one.length > 1 && two.length > 1 && one.at(-1) === two.at(-1)) {
    one.pop();
    two.pop();
  }
  return [one.at(-1)!, two.at(-1)!];
}

/** A cell as the page has it, without its picture. */
export function plannedCell(
  { id, image, box, values, deciding }: SeenCell,
  by: CellKind,
  place: (name: string) => number,
): ReportCell {
  const { width, height, uri, image_id } = image;
  const size = width === null || height === null ? null : { width, height };
  const region = by === 'box' && size && box ? regionAround(box.box, size) : null;
  const own = by === 'box' ? (box ? [box] : []) : image.boxes;
  const boxes = [own, ...image.others].flatMap((layer, at) => reportBoxes(layer, at, region, place));
  return {
    ...{ id, imageId: image_id, image: imageName(uri, image_id), values, boxes },
    ...size,
    ...(region && { region }),
    ...(box && boxClasses(box, place)),
    ...(deciding.length > 0 && {
      deciding: deciding.map((one) => ({
        ...boxClasses(one.box, place),
        ...(one.value !== null && { value: one.value }),
      })),
    }),
  };
}

function boxClasses(box: SeenBox, place: (name: string) => number): BoxClasses {
  return {
    box: box.place,
    ...(box.label !== null && { label: place(box.label), score: box.score }),
    ...(box.second !== null && { second: place(box.second) }),
    ...(box.secondScore !== null && { secondScore: box.secondScore }),
  };
}

function regionAround(box: Box2d<'pixels'>, size: { width: number; height: number }): Rect | null {
  try {
    return cropRegion(box, size, context);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The boxes of a layer that are seen, those of the best scores. */
function reportBoxes(
  layer: readonly LayerBox[],
  at: number,
  region: Rect | null,
  place: (name: string) => number,
): ReportBox[] {
  return layer
    .filter(({ box }) => region === null || isSeen(box, region))
    .sort((a, b) => (b.score ?? 1) - (a.score ?? 1))
    .slice(0, mostBoxes)
    .map(({ box: { xmin, ymin, xmax, ymax }, label, score, place: box }) => ({
      ...{ xmin, ymin, xmax, ymax, layer: at },
      ...(box !== undefined && { box }),
      ...(label !== null && { label: place(label) }),
      ...(score !== null && { score }),
    }));
}

function isSeen({ xmin, ymin, xmax, ymax }: Box2d<'pixels'>, { x, y, width, height }: Rect): boolean {
  return xmin < x + width && xmax > x && ymin < y + height && ymax > y;
}
