import { assertArray, assertFunction, assertIterable, assertOptions, wrongArgument } from '@qualm/types';
import type { Detection, Label, ScoredBox } from '@qualm/types';
import { assertBox } from './assert-picture.ts';
import type { Color } from './color.ts';
import { box, compose } from './layer.ts';
import type { GroupLayer, Layer } from './layer.ts';
import { pictureColors } from './picture-colors.ts';
import type { PictureColors } from './picture-colors.ts';
import { rotatedBox } from './rotated-box.ts';
import { shapeLayers } from './shape-layers.ts';
import type { BoxStyle } from './style.ts';

/** One row of detections or class scores; a mask, key points and a turned box, where there are any,
 * are drawn too.
 */
export type DetectionRow = Detection | ScoredBox;

export interface DetectionsOptions<Row extends DetectionRow = DetectionRow> {
  /** Names of the classes; without a name the id stands for it. */
  readonly labels?: readonly Label[];
  /** Colours of the classes, instead of those that colour-blind people can tell apart. */
  readonly scheme?: readonly Color[];
  /** The colour of each class, such as one of `pictureColors`, where several pictures go together.
   * Default the colours of `pictureColors` for these rows.
   */
  readonly colorOf?: PictureColors;
  /** Which of a row's key points are joined, counted from 0. Default `cocoSkeleton` where there are
   * seventeen, else none.
   */
  readonly skeleton?: readonly (readonly [from: number, to: number])[];
  /** What a tag says, instead of class and score; no tag for the empty string. */
  readonly text?: (row: Row) => string;
  /** More style, for all boxes or row by row: colour by a field, opacity by the score. It wins over
   * class colours.
   */
  readonly style?: BoxStyle | ((row: Row) => BoxStyle);
}

/** Boxes, or turned boxes where rows have them, with tags that name class and score: `person 0.51`,
 * and for class scores the two best, `dog 0.48 · cat 0.41`; masks and key points with them. The
 * same class has the same colour in every picture, but for two classes of one picture that would
 * have the same (`pictureColors`). Give the rows most important first: their tags choose first.
 * @example detections(prediction.detections, { labels: spec.labels })
 * @example detections(rows, { style: (row) => ({ color: valueColor(row.score, { domain: [0, 1] }) }) })
 */
export function detections<Row extends DetectionRow>(
  rows: Iterable<Row>,
  options: DetectionsOptions<Row> = {},
): GroupLayer {
  assertIterable('detections', 'its rows', rows, 'rows of detections, such as prediction.detections');
  assertDetectionsOptions(options);
  const names = new Map(options.labels?.map(({ id, name }) => [id, name]));
  const text = options.text ?? ((row: Row) => describe(row, names));
  const all = Array.from(rows, (row) => {
    assertRow(row);
    return row;
  });
  const { colorOf = pictureColors([all.map(labelIdOf)], options.scheme)[0]! } = options;
  return compose(...all.map((row) => rowLayer(row, text(row), { ...options, colorOf })));
}

function assertDetectionsOptions(options: unknown): void {
  assertOptions('detections', options, '{ labels: spec.labels }');
  const { labels = [], text = String, style = {}, skeleton = [], colorOf = String } = options as DetectionsOptions;
  assertArray('detections', 'labels', labels, "an array, such as [{ id: 0, name: 'person' }]");
  assertArray('detections', 'skeleton', skeleton, 'an array of pairs, such as cocoSkeleton');
  assertFunction('detections', 'text', text, 'a function of a row, such as (row) => row.score.toFixed(2)');
  assertFunction('detections', 'colorOf', colorOf, 'a function of a label id, such as one of pictureColors');
  if (typeof style !== 'function') assertOptions('detections', style, "{ color: 'yellow' }", 'style');
}

function assertRow(row: unknown): void {
  const { box, label_id, label_ids } = Object(row) as { box?: unknown; label_id?: unknown; label_ids?: unknown };
  if (typeof label_id !== 'number' && !ArrayBuffer.isView(label_ids))
    throw wrongArgument('detections', 'a row', row, '{ box, label_id, score } or { box, label_ids, scores }');
  assertBox('detections', box);
}

/** Of the best class; 0 of a row without classes. */
function labelIdOf(row: DetectionRow): number {
  return ('label_id' in row ? row.label_id : row.label_ids[0]) ?? 0;
}

function rowLayer<Row extends DetectionRow>(
  row: Row,
  label: string,
  options: DetectionsOptions<Row> & { readonly colorOf: PictureColors },
): Layer {
  const { colorOf, style = {} } = options;
  const color = colorOf(labelIdOf(row));
  const own = typeof style === 'function' ? style(row) : style;
  const { rotated_box: turned } = row;
  const drawn = { color, label, ...own };
  const boxLayer = turned ? rotatedBox(turned, drawn) : box(row.box, drawn);
  const beside = shapeLayers(row, { color: own.color ?? color, skeleton: options.skeleton });
  return beside.length === 0 ? boxLayer : compose(...beside, boxLayer);
}

function describe(row: DetectionRow, names: ReadonlyMap<number, string>): string {
  const nameOf = (id: number) => names.get(id) ?? String(id);
  if ('label_id' in row) return `${nameOf(row.label_id)} ${row.score.toFixed(2)}`;
  const best = Array.from(
    row.label_ids.subarray(0, 2),
    (id, index) => `${nameOf(id)} ${row.scores[index]!.toFixed(2)}`,
  );
  return best.join(' · ');
}
