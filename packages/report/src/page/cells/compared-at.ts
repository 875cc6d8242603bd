import { boxFields } from '../../report-data.ts';
import type { ReportData } from '../../report-data.ts';
import { placeOfBox } from './box-at.ts';
import { shownBoxes } from './shown-boxes.ts';

/** What two models can say of a thing. */
export const modelOutcomes = ['agreed', 'differently', 'onlyFirst', 'onlySecond'] as const;

export type ModelOutcome = (typeof modelOutcomes)[number];

/** [cells] for each outcome: of an image, how many of its things have it; of a box, 1 where it has
 * it. All 0 where a cell was not compared.
 */
export type OutcomeCounts = Readonly<Record<ModelOutcome, Uint16Array>>;

const known = new WeakMap<ReportData, OutcomeCounts>();

/** How two models' boxes in the cells of a page compare; counted when it is asked for first. */
export function outcomesOf(data: ReportData): OutcomeCounts {
  const counts = known.get(data) ?? countOutcomes(data);
  known.set(data, counts);
  return counts;
}

function countOutcomes(data: ReportData): OutcomeCounts {
  const { by, cells } = data;
  const { boxes, pairs = [] } = cells;
  const shown = shownBoxes(data, 0);
  const empty = (): Uint16Array => new Uint16Array(boxes.length);
  const counts = { agreed: empty(), differently: empty(), onlyFirst: empty(), onlySecond: empty() };
  boxes.forEach((numbers, index) => {
    const paired = pairs[index];
    if (paired == null) return;
    const partner = new Map<number, number>();
    for (let at = 0; at < paired.length; at += 2) {
      partner.set(paired[at]!, paired[at + 1]!);
      partner.set(paired[at + 1]!, paired[at]!);
    }
    const add = (place: number): void => {
      counts[outcomeOf(numbers, place, partner.get(place))][index]!++;
    };
    // Of a cell that is a box nothing is known of the others in its picture.
    if (by === 'box') {
      const own = placeOfBox(cells, index, shown.box[index]!, shown.layer[index]);
      if (own >= 0) add(own);
      return;
    }
    for (let place = 0; place < numbers.length / boxFields; place++) {
      const layer = numbers[place * boxFields];
      // A pair is counted once, with its first box.
      if (layer === 0 || (layer === 1 && !partner.has(place))) add(place);
    }
  });
  return counts;
}

/** @param partner the place of the other model's box of the same thing, undefined without one */
export function outcomeOf(numbers: readonly number[], place: number, partner: number | undefined): ModelOutcome {
  const at = place * boxFields;
  if (partner === undefined) return numbers[at] === 0 ? 'onlyFirst' : 'onlySecond';
  return numbers[at + 1] === numbers[partner * boxFields + 1] ? 'agreed' : 'differently';
}

/** In words, of two models by their names. */
export function outcomeWords(outcome: ModelOutcome, [first = '', second = '']: readonly string[]): string {
  const words = {
    agreed: 'agreed',
    differently: 'called differently',
    onlyFirst: `only in ${first}`,
    onlySecond: `only in ${second}`,
  };
  return words[outcome];
}
