import { classColor } from '@qualm/viz/svg';
import type { ReportData } from '../../report-data.ts';
import type { Marks } from '../../selection.ts';
import type { MapColours } from '../alike/alike-state.ts';
import { decidingOf } from '../cells/deciding-at.ts';
import { numbersOf } from '../numbers/numbers-of.ts';

/** Colours of the map, and which cell has which. */
export interface PointColors {
  /** CSS colours as #rrggbb. */
  readonly palette: readonly string[];
  /** [cells]: places in the palette; those of a later place are drawn over those before. */
  readonly places: Uint16Array;
  /** What colours mean, those that matter most first. */
  readonly legend: readonly { readonly color: string; readonly words: string }[];
}

const without = '#8c959f';
/** From the surest to the least sure; seen on light and on dark ground. */
const doubt = ['#8c959f', '#a3946f', '#b9933f', '#cf8b12', '#d6711a', '#d95423', '#d6332f', '#c9184a'];
const marks = { none: without, accept: '#2da44e', reject: '#d1242f' };
/** Classes that have a colour of their own; others are as those without. */
const namedClasses = 10;

/** The colours of cells by how unsure the model is of them, by class, or by mark.
 * @param sort the number that says it, a place in `numbersOf`
 */
export function pointColors(data: ReportData, by: MapColours, sort: number, given: Marks): PointColors {
  if (by === 'mark') return markColors(data, given);
  return by === 'class' ? classColors(data, sort) : doubtColors(data, sort);
}

/** By rank, as numbers of strategies crowd at one end. */
function doubtColors(data: ReportData, sort: number): PointColors {
  const number = numbersOf(data)[sort]!;
  const values = number.values(number.shows);
  const sign = number.order === 'ascending' ? -1 : 1;
  const [most, least] = number.ends.map((end) => end.replace(/ first$/, '')) as [string, string];
  const order = Array.from(values.keys()).filter((index) => !Number.isNaN(values[index]));
  order.sort((a, b) => sign * (values[a]! - values[b]!));
  const places = new Uint16Array(values.length);
  order.forEach((index, rank) => {
    places[index] = 1 + Math.floor((rank * doubt.length) / order.length);
  });
  return {
    ...{ palette: [without, ...doubt], places },
    legend: [
      { color: doubt.at(-1)!, words: most },
      { color: doubt[3]!, words: 'middle' },
      { color: doubt[0]!, words: least },
    ],
  };
}

function classColors(data: ReportData, sort: number): PointColors {
  const { label } = decidingOf(data, sort);
  const counts = new Map<number, number>();
  for (const place of label) if (place >= 0) counts.set(place, (counts.get(place) ?? 0) + 1);
  const most = [...counts].sort(([a, one], [b, two]) => two - one || a - b).slice(0, namedClasses);
  const placeOf = new Map(most.map(([place], at) => [place, at + 1]));
  const palette = [without, ...most.map((_, at) => String(classColor(at)))];
  const legend = most.map(([place], at) => ({ color: palette[at + 1]!, words: data.labels[place]! }));
  const others = counts.size - most.length;
  return {
    palette,
    places: Uint16Array.from(label, (place) => placeOf.get(place) ?? 0),
    legend: others > 0 ? [...legend, { color: without, words: `${others} more` }] : legend,
  };
}

function markColors({ cells: { id } }: ReportData, given: Marks): PointColors {
  const { none, accept, reject } = marks;
  const places = new Uint16Array(id.length);
  if (given.size > 0)
    id.forEach((one, index) => {
      const verdict = given.get(one)?.verdict;
      places[index] = verdict === 'accept' ? 1 : verdict === 'reject' ? 2 : 0;
    });
  const legend = [
    { color: accept, words: 'accepted' },
    { color: reject, words: 'rejected' },
    { color: none, words: 'not marked' },
  ];
  return { palette: [none, accept, reject], places, legend };
}
