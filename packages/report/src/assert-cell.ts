import { assertChoice, assertIterable, assertOptions, assertString, assertText, wrongArgument } from '@qualm/types';
import { assertCharts } from './assert-charts.ts';
import { boxRows } from './layer-boxes.ts';
import type { ReportBox, ReportCell } from './report-cell.ts';
import type { ReportOptions } from './report-options.ts';

/** As many as the page has colours for. */
const mostLayers = 5;

/** @throws RangeError that says what is wrong with them. */
export function assertReportOptions(options: ReportOptions): void {
  assertOptions('createReport', options, "{ labels: ['cat'], strategies: [{ name: 'margin', order: 'ascending' }] }");
  const { labels, strategies, layers = ['boxes'], charts = [], columns = [], kinds = [], verdicts } = options;
  const { wordColumns = [] } = options;
  for (const [name, value] of Object.entries({ labels, strategies, layers, charts, columns, wordColumns, kinds }))
    assertArray('createReport', name, value);
  assertCharts(charts, options);
  for (const column of [...columns, ...wordColumns]) assertText('createReport', 'a column', column);
  if (options.facts !== undefined) assertOptions('createReport', options.facts, '{ images: 10, boxes: 40 }', 'facts');
  for (const label of labels) assertString('createReport', 'a label', label);
  if (options.classes !== undefined) assertClasses(options.classes);
  for (const kind of kinds) assertString('createReport', 'a kind', kind);
  if (verdicts !== undefined) assertVerdicts(verdicts);
  for (const words of options.orderWords ?? []) assertString('createReport', 'one of orderWords', words);
  if (options.by !== undefined) assertChoice('createReport', 'by', options.by, ['box', 'image']);
  if (strategies.length === 0) throw new RangeError('createReport: no strategies; expected one to sort by');
  for (const strategy of strategies.flatMap(withBox)) {
    const { name, order } = Object(strategy) as { name?: unknown; order?: unknown };
    if (typeof name !== 'string' || (order !== 'ascending' && order !== 'descending'))
      throw wrongArgument('createReport', 'a strategy', strategy, "one such as { name: 'margin', order: 'ascending' }");
  }
  if (layers.length < 1 || layers.length > mostLayers)
    throw new RangeError(`createReport: ${layers.length} layers; expected 1 to ${mostLayers}`);
}

function assertClasses(classes: unknown): void {
  assertArray('createReport', 'classes', classes);
  for (const one of classes as readonly unknown[]) {
    const { id, name } = Object(one) as { id?: unknown; name?: unknown };
    if (!Number.isSafeInteger(id) || typeof name !== 'string')
      throw wrongArgument('createReport', 'a class', one, "one such as { id: 1, name: 'cat' }");
  }
}

function assertVerdicts(verdicts: unknown): void {
  const { accept, reject } = Object(verdicts) as { accept?: unknown; reject?: unknown };
  for (const words of [accept, reject]) {
    const { act, done } = Object(words) as { act?: unknown; done?: unknown };
    if (typeof act !== 'string' || typeof done !== 'string')
      throw wrongArgument(
        'createReport',
        'verdicts',
        verdicts,
        "{ accept: { act: 'Accept', done: 'accepted' }, reject }",
      );
  }
}

/** A strategy, and what it is of a single box. */
function withBox(strategy: unknown): unknown[] {
  const { box } = Object(strategy) as { box?: unknown };
  return box === undefined ? [strategy] : [strategy, box];
}

/** @throws RangeError for what cannot be gone over, and for text, of which each letter would be a
 * cell.
 */
export function assertCells(value: unknown): void {
  assertIterable('createReport', 'its cells', value, "cells, such as [{ id: 'a', image: 'a.jpg', values: [0.5] }]");
}

/** @throws RangeError that names the cell and what is wrong with it. */
export function assertCell(cell: ReportCell, options: ReportOptions, seen: Set<string>): void {
  const { labels, strategies, layers = ['boxes'] } = options;
  assertOptions('createReport', cell, "{ id: 'a', image: 'a.jpg', values: [0.5] }", 'a cell');
  const { id, label, second, values, deciding = [], width = 1, height = 1, region, boxes: all = [] } = cell;
  assertText('createReport', 'id of a cell', id);
  const where = `createReport: cell ${JSON.stringify(id)}`;
  assertText(where, 'image', cell.image);
  if (cell.reason !== undefined) assertString(where, 'reason', cell.reason);
  if (seen.size === seen.add(id).size) throw new RangeError(`${where} appears twice; expected an id for each`);
  for (const [name, value] of Object.entries({ values, deciding, boxes: all })) assertArray(where, name, value);
  const boxes = boxRows(all);
  for (const { rivals = [], values: own = [] } of boxes) {
    assertArray(where, 'rivals of a box', rivals);
    assertArray(where, 'values of a box', own);
  }
  for (const name of ['thumbnail', 'whole'] as const) {
    const picture = cell[name];
    if (picture && !ArrayBuffer.isView(picture.bytes))
      throw wrongArgument(where, `its ${name}`, picture, "{ bytes, type: 'image/jpeg' }");
  }
  if (values.length !== strategies.length)
    throw new RangeError(`${where} has ${values.length} values for ${strategies.length} strategies`);
  if (deciding.length > 0 && deciding.length !== strategies.length)
    throw new RangeError(`${where} has ${deciding.length} boxes that decide for ${strategies.length} strategies`);
  for (const place of [
    ...[{ label, second }, ...deciding].flatMap((one) => [one.label, one.second]),
    ...boxes.flatMap(({ label: own, rivals = [] }) => [own, ...rivals.map((rival) => rival.label)]),
  ])
    if (place !== undefined && !isPlace(place, labels))
      throw new RangeError(
        `${where}: class ${place} is invalid; expected a place in labels, 0 to ${labels.length - 1}`,
      );
  for (const { layer = 0 } of boxes)
    if (!isPlace(layer, layers))
      throw new RangeError(
        `${where}: layer ${layer} is invalid; expected a place in layers, 0 to ${layers.length - 1}`,
      );
  if (cell.layer !== undefined && !(isPlace(cell.layer, layers) && cell.layer < 2))
    throw new RangeError(`${where}: its layer ${cell.layer} is invalid; expected 0, or 1 where there are two layers`);
  for (const { partner = -1 } of boxes)
    if (partner !== -1 && !isPlace(partner, labels))
      throw new RangeError(
        `${where}: partner ${partner} of a box is invalid; expected a place in labels, or -1 for nothing`,
      );
  assertOfList(where, cell, options);
  for (const { values: own } of boxes)
    if (own !== undefined && own.length !== strategies.length)
      throw new RangeError(`${where}: a box has ${own.length} values for ${strategies.length} strategies`);
  if (!(width > 0 && height > 0)) throw new RangeError(`${where}: its image is ${width} x ${height} pixels`);
  assertCompanions(where, cell, boxes, options);
  if (region && !(region.width > 0 && region.height > 0))
    throw new RangeError(`${where}: its region is ${region.width} x ${region.height} pixels`);
}

/** What a cell of a list of suspects has. */
function assertOfList(where: string, { kind, annotationId }: ReportCell, { kinds = [] }: ReportOptions): void {
  if (kind !== undefined && !isPlace(kind, kinds))
    throw new RangeError(`${where}: kind ${kind} is invalid; expected a place in kinds, of which are ${kinds.length}`);
  if (annotationId !== undefined && typeof annotationId !== 'string' && typeof annotationId !== 'number')
    throw wrongArgument(where, 'annotationId', annotationId, 'a text or a number');
}

function assertArray(where: string, name: string, value: unknown): void {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) throw wrongArgument(where, name, value, 'an array');
}

function isPlace(place: number, list: readonly unknown[]): boolean {
  return Number.isInteger(place) && place >= 0 && place < list.length;
}

/** What stands beside the numbers of strategies. */
function assertCompanions(
  where: string,
  { numBoxes, folder, columns = [], words = [], otherValues = [], otherDeciding, pairs = [] }: ReportCell,
  boxes: readonly ReportBox[],
  options: ReportOptions,
): void {
  if (numBoxes !== undefined && !(Number.isInteger(numBoxes) && numBoxes >= 0))
    throw wrongArgument(where, 'numBoxes', numBoxes, 'a whole number from 0');
  if (folder !== undefined) assertString(where, 'folder', folder);
  for (const [name, value] of Object.entries({ columns, words, otherValues, pairs })) assertArray(where, name, value);
  const numColumns = options.columns?.length ?? 0;
  if (columns.length !== numColumns)
    throw new RangeError(`${where} has ${columns.length} numbers for ${numColumns} columns`);
  const numWords = options.wordColumns?.length ?? 0;
  if (words.length !== numWords)
    throw new RangeError(`${where} has ${words.length} words for ${numWords} columns of words`);
  for (const word of words) if (word !== null) assertString(where, 'one of its words', word);
  const numCompared = options.strategies.filter(({ compared }) => compared).length;
  if (otherValues.length !== numCompared)
    throw new RangeError(`${where} has ${otherValues.length} other values for ${numCompared} compared strategies`);
  if (otherDeciding !== undefined) {
    assertArray(where, 'otherDeciding', otherDeciding);
    if (otherDeciding.length !== numCompared)
      throw new RangeError(
        `${where} has ${otherDeciding.length} other boxes that decide for ${numCompared} compared strategies`,
      );
  }
  const seen = [new Set<number>(), new Set<number>()] as const;
  for (const pair of pairs)
    for (const layer of [0, 1] as const) {
      const place = (Object(pair) as Partial<typeof pair>)[layer];
      if (place === undefined || (boxes[place]?.layer ?? 0) !== layer || !boxes[place] || seen[layer].has(place))
        throw new RangeError(
          `${where}: ${JSON.stringify(pair)} is not a pair; expected [place of a box of layer 0, of layer 1], each once`,
        );
      seen[layer].add(place);
    }
}
