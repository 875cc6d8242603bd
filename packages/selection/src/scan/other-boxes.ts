import { cocoSizes } from '@qualm/datasets';
import type { CocoAnnotation, CocoDataset } from '@qualm/datasets';
import { boxesFromRows } from '@qualm/types';
import type { Size } from '@qualm/types';
import { assertNotAborted } from '../assert-not-aborted.ts';
import type { Measure } from '../choose/measure.ts';
import { matchImages } from '../labels/match-images.ts';
import { createBoxReader } from './box-reader.ts';
import { withNames } from './named-boxes.ts';
import type { NamedBoxes } from './named-boxes.ts';
import { noPredictions } from './no-predictions.ts';
import { sourceShards } from './prediction-source.ts';
import type { PredictionSource } from './prediction-source.ts';
import { countedBoxes } from './scored-shard.ts';

/** What somebody else says of the same images, by the ids that they have there. */
export interface OtherBoxes {
  readonly name: string;
  /** What finds that id of an image of the predictions; a new one for each time they are read. */
  readonly createFinder: () => (id: number | string, uri: string | null) => string | null;
  /** False for what people drew. */
  readonly isModel: boolean;
  readonly boxes: ReadonlyMap<string, NamedBoxes>;
  /** Of images, where it is known, the size that the boxes are in. */
  readonly sizes: ReadonlyMap<string, Size>;
}

/** Classes of another model's box that anything is said of. */
const mostClasses = 5;

/** What another model found, of boxes that score `minScore` at least.
 * @throws QualmError `options-invalid` when the source holds no predictions.
 */
export async function readOtherModel(
  source: PredictionSource,
  {
    name,
    minScore,
    signal,
    measures = [],
  }: {
    readonly name: string;
    readonly minScore: number;
    readonly signal: AbortSignal | undefined;
    /** What its boxes are asked; null for nothing. */
    readonly measures?: readonly (Pick<Measure, 'scoreBoxes'> | null)[];
  },
): Promise<OtherBoxes> {
  const boxes = new Map<string, NamedBoxes>();
  const sizes = new Map<string, Size>();
  let isEmpty = true;
  for await (const shard of sourceShards(source, { reuseMemory: true })) {
    assertNotAborted(signal);
    const { columns, length } = shard;
    isEmpty &&= length === 0;
    const counted = countedBoxes(shard, minScore);
    const { offsets, rows } = counted;
    const reader = createBoxReader(shard);
    const numbers = measures.map((measure) => measure?.scoreBoxes({ table: shard, ...counted, others: [] }) ?? null);
    for (let image = 0; image < length; image++) {
      // Of an image that failed nothing is known.
      if (!shard.boxes.valid[image]) continue;
      const [start, end] = [offsets[image]!, offsets[image + 1]!];
      const id = String(columns.image_id.at(image)!);
      const [width, height] = [columns.width.at(image), columns.height.at(image)];
      if (width != null && height != null) sizes.set(id, { width, height });
      const own = { numbers: numbers.map((values) => values?.slice(start, end) ?? null) };
      const found = reader.foundOf(rows.subarray(start, end), shard.boxes.offsets[image]!, mostClasses);
      boxes.set(id, Object.assign(found, measures.length > 0 && own));
    }
  }
  if (isEmpty) throw noPredictions(source);
  return { name, createFinder: () => String, isModel: true, boxes, sizes };
}

/** What people drew, of images that are found by their ids, else by their file names. A box around
 * a crowd says so: it is no object that a model should find. */
export function drawnLabels({ columns, labels, length }: CocoDataset): OtherBoxes {
  const crowds = labels.map(({ name }) => `${name} (crowd)`);
  const names = [...labels.map(({ name }) => name), ...crowds];
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const nameOf = (place: number): string | null => names[place] ?? null;
  const placeOf = ({ label_id, iscrowd }: CocoAnnotation): number =>
    (places.get(label_id) ?? names.length) + (iscrowd ? crowds.length : 0);
  const boxes = new Map<string, NamedBoxes>();
  for (let row = 0; row < length; row++) {
    const drawn = columns.annotations.at(row) ?? [];
    const rows = drawn.map((one) => ({ box: one.bbox, label_id: placeOf(one) }));
    boxes.set(String(columns.image_id.at(row)!), withNames(boxesFromRows(rows), nameOf));
  }
  const createFinder: OtherBoxes['createFinder'] = () => {
    const match = matchImages(columns);
    return (id, uri) => {
      const row = match.row(id, uri);
      return row === null ? null : String(columns.image_id.at(row)!);
    };
  };
  return { name: 'labelled', createFinder, isModel: false, boxes, sizes: cocoSizes(columns) };
}
