import { iouOfBoxes } from '@qualm/types/rows';
import type { ReportData } from '../../report-data.ts';
import type { KnownBox } from './box-at.ts';
import { outcomeOf } from './compared-at.ts';
import type { ModelOutcome } from './compared-at.ts';
import { placeOfBox } from './box-at.ts';
import { shownBoxes } from './shown-boxes.ts';

/** A thing that one model found, or both, as places among the boxes of a cell; null where a model
 * has no box of it.
 */
export interface ComparedThing {
  readonly outcome: ModelOutcome;
  readonly first: number | null;
  readonly second: number | null;
  /** Overlap of both boxes, 0..1; null without both. */
  readonly iou: number | null;
}

const order: readonly ModelOutcome[] = ['differently', 'onlyFirst', 'onlySecond', 'agreed'];

/** What two models say of the things in a cell, first what they call differently and what one alone
 * found, surest first; null where they were not compared.
 * @param boxes of the cell, in its order
 */
export function thingsAt(data: ReportData, index: number, boxes: readonly KnownBox[]): ComparedThing[] | null {
  const { cells, by } = data;
  const paired = cells.pairs?.[index];
  if (paired == null) return null;
  const numbers = cells.boxes[index]!;
  const partner = new Map<number, number>();
  for (let at = 0; at < paired.length; at += 2) partner.set(paired[at]!, paired[at + 1]!);
  const taken = new Set(partner.values());
  const shown = shownBoxes(data, 0);
  // Of a cell that is a box nothing is known of the others in its picture.
  const own = by === 'box' ? placeOfBox(cells, index, shown.box[index]!, shown.layer[index]) : null;
  const things = boxes.flatMap(({ layer }, place): ComparedThing[] => {
    if (own !== null && place !== own) return [];
    if (layer === 0) {
      const second = partner.get(place);
      const outcome = outcomeOf(numbers, place, second);
      if (second === undefined) return [{ outcome, first: place, second: null, iou: null }];
      return [{ outcome, first: place, second, iou: overlap(boxes[place]!, boxes[second]!) }];
    }
    return layer === 1 && !taken.has(place) ? [{ outcome: 'onlySecond', first: null, second: place, iou: null }] : [];
  });
  const scoreOf = ({ first, second }: ComparedThing): number => boxes[first ?? second!]!.score ?? 0;
  return things.sort(
    (one, two) => order.indexOf(one.outcome) - order.indexOf(two.outcome) || scoreOf(two) - scoreOf(one),
  );
}

function overlap(one: KnownBox, two: KnownBox): number {
  const sidesOf = ({ xmin, ymin, xmax, ymax }: KnownBox): Float32Array => Float32Array.of(xmin, ymin, xmax, ymax);
  return iouOfBoxes(sidesOf(one), 0, sidesOf(two), 0);
}
