import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as report from '../src/index.ts';
import * as serve from '../src/serve.ts';
import { cell, dataOf, options } from './cells.ts';

/** At which nothing can be written. */
const nowhere = '/dev/null/report';
const cells = place([cell('a')], 'array');
const served = { ...options, marks: nowhere, thumbnail: () => null, image: () => null };

const calls: Readonly<Record<string, readonly Place[]>> = {
  createReport: [cells, place(options)],
  serveReport: [cells, place(served)],
  writeReportFolder: [place(nowhere, 'text'), place([]), place(options)],
};

const functions = [...functionsOf(report), ...functionsOf(serve)];

describe.each(functions)('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

it.each<[string, () => unknown, string]>([
  [
    'createReport(cells)',
    () => report.createReport([], undefined as never),
    'createReport: its options is undefined; expected an object, such as',
  ],
  [
    'createReport with labels for names',
    () => report.createReport([], { ...options, labels: [{ id: 1, name: 'cat' }] as never }),
    'createReport: a label is an object of id, name; expected a text',
  ],
  [
    'createReport of a cell without an id',
    () => report.createReport([{ image: 'a.jpg', values: [1, 2] } as never], options),
    'createReport: id of a cell is undefined; expected a text',
  ],
  [
    'createReport of a cell without values',
    () => report.createReport([{ id: 'a', image: 'a.jpg' } as never], options),
    'createReport: cell "a": values is undefined; expected an array',
  ],
  [
    'createReport with the name of a strategy',
    () => report.createReport([], { ...options, strategies: ['margin'] as never }),
    `createReport: a strategy is "margin"; expected one such as { name: 'margin', order: 'ascending' }`,
  ],
  [
    'serveReport without marks',
    () => serve.serveReport([], { ...served, marks: undefined } as never),
    "serveReport: marks is undefined; expected a path, such as 'marks.json'",
  ],
])('%s says what is wanted', async (_, call, message) => {
  await expect(Promise.resolve().then(call)).rejects.toThrow(message);
});

it('createReport takes a strategy that is a function with a name and an order', () => {
  function score(): number {
    return 0;
  }
  const mine = Object.assign(score, { order: 'ascending' as const });
  expect(dataOf([], { strategies: [mine] }).strategies).toEqual([
    { name: 'score', words: 'score', order: 'ascending' },
  ]);
  expect(() => report.createReport([], { ...options, strategies: [mine] })).not.toThrow();
});
