import { countText, strategyWords } from '@qualm/types';
import type { ReportFacts } from '../report-facts.ts';
import type { ReportData } from '../report-data.ts';
import { cellsIn, poolOf } from './cells/cell-pool.ts';
import { outcomeWords } from './cells/compared-at.ts';
import type { ViewState } from './view-state.ts';
import { heading, thingWords, things } from './words.ts';

/** A fact of a page: what it is of, and what it says. */
export type Fact = readonly [name: string, value: string];

/** Where the cells of a page come from, in one line: what matters most comes first, since a narrow
 * one is cut.
 */
export function factsLine({ by }: Pick<ReportData, 'by'>, facts: ReportFacts): string {
  const { images, boxes, minScore = 0, leftOut = {}, kept = [] } = facts;
  const failed = leftOut.failedImages ?? 0;
  const first = firstWords(by, facts);
  const [what, day] = whenFact(facts);
  const names = kept.map(({ strategy }) => strategyWords(strategy));
  return [
    modelWords(facts),
    day && (what === 'File of' ? `file of ${day}` : day),
    minScore > 0 ? `score ≥ ${minScore}` : '',
    first === null ? names.slice(0, 1).map((name) => `by ${name}`) : `${first} by ${names.join(', ')}`,
    failed > 0 ? `${thingWords('image', failed)} failed` : '',
    thingWords('image', images),
    thingWords('box', boxes),
  ]
    .flat()
    .filter(Boolean)
    .join(' · ');
}

/** The same one by one, with all that is left out and why. */
export function factsList(data: ReportData, facts: ReportFacts): Fact[] {
  const { by, about, cells, layers } = data;
  const { images, boxes, minScore = 0, leftOut = {}, kept = [] } = facts;
  const { failedImages = 0, belowThreshold = 0, imagesWithoutBox = 0, withoutNumber = 0, beyondKept = 0 } = leftOut;
  const out: [number, string][] = [
    [belowThreshold, `${thingWords('box', belowThreshold)} below ${minScore}`],
    [beyondKept, `${thingWords(by, beyondKept)} after the first ones`],
    [failedImages, `${thingWords('image', failedImages)} without predictions, which failed`],
  ];
  const last: [number, string][] = [
    [imagesWithoutBox, `${thingWords('image', imagesWithoutBox)} without a box`],
    [withoutNumber, `${thingWords('box', withoutNumber)} without a number`],
  ];
  const listed = (all: readonly [number, string][]): string =>
    all.flatMap(([count, words]) => (count > 0 ? [words] : [])).join(', ');
  const listedFacts: Fact[] = [
    ['Model', modelWords(facts)],
    whenFact(facts),
    [
      'Read',
      `${thingWords('image', images)}, ${thingWords('box', boxes)}${minScore > 0 ? ` of ${minScore} or more` : ''}`,
    ],
    ['Order', about],
    ['Kept', kept.map(({ strategy, cells: count }) => `${countText(count)} by ${strategyWords(strategy)}`).join(', ')],
    ['Left out', listed(out)],
    ...(cells.layer ? [[heading(outcomeWords('onlySecond', layers)), besideWords(data)] as const] : []),
    [by === 'image' ? 'At the end' : 'Not shown', by === 'image' ? listed(last) : listed(last.slice(0, 1))],
  ];
  return listedFacts.filter(([, value]) => value !== '');
}

/** Of which things what is shown is a part, such as `the first 1,000 of 32,401 boxes by margin`;
 * null where all are there.
 */
export function keptWords({ by }: Pick<ReportData, 'by'>, facts: ReportFacts): string | null {
  const words = firstWords(by, facts);
  if (words === null) return null;
  const names = (facts.kept ?? []).map(({ strategy }) => strategyWords(strategy));
  const listed = names.length > 1 ? `each of ${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : names[0]!;
  return `the ${words} by ${listed}`;
}

/** How many of all are there; null where all are. */
function firstWords(by: ReportData['by'], { kept = [], leftOut = {} }: ReportFacts): string | null {
  const beyond = leftOut.beyondKept ?? 0;
  if (beyond <= 0 || kept.length === 0) return null;
  const shown = kept.reduce((sum, { cells: count }) => sum + count, 0);
  return `first ${countText(shown)} of ${countText(shown + beyond)} ${things(by)}`;
}

/** Of the boxes that only a second model found, how many are there, such as `the first 1,000 of
 * 3,120 boxes`.
 */
function besideWords(data: ReportData): string {
  const count = cellsIn(data, 'second').length;
  const total = Math.max(count, data.comparison?.onlySecond ?? 0);
  return `${total > count ? `the first ${countText(count)} of ` : ''}${thingWords('box', total)}`;
}

/** What a view does not say of those that are not there: null where the order is that of all. */
export function partialWords(
  data: ReportData,
  facts: ReportFacts | null,
  state: Pick<ViewState, 'sort' | 'models'>,
): string | null {
  const { sort } = state;
  if (poolOf(data, state) === 'second') {
    const [first, second] = data.layers;
    return `Only ${second} found these, ${besideWords(data)}: they have numbers of ${second}, and none of ${first}.`;
  }
  const kept = facts && keptWords(data, facts);
  const strategy = data.strategies[sort];
  if (!kept || facts.kept!.some(({ strategy: name }) => name === strategy?.name)) return null;
  return `Sorted within ${kept}: among the others may be some that come before these.`;
}

function modelWords({ model, against }: ReportFacts): string {
  return [model, against].filter(Boolean).join(' and ');
}

/** When they were predicted, where they say it; else of when their file is. */
function whenFact({ predicted, written }: ReportFacts): Fact {
  const day = dayWords(predicted);
  return day === '' ? ['File of', dayWords(written)] : ['Predicted on', day];
}

/** Such as 28 Nov 2026. */
function dayWords(day: string | undefined): string {
  const date = new Date(`${day ?? ''}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}
