import { readFileSync } from 'node:fs';
import * as vitest from 'vitest';
import { testStrategy } from '@qualm/testkit';
import { contracts, strategyOf, vectors } from './contract-table.ts';

const { describe, expect, it } = vitest;

const near = (wanted: number): unknown => (Number.isFinite(wanted) ? expect.closeTo(wanted, 12) : wanted);
const codes = Object.keys(contracts);
const vectorOf = (text: string): number[] => Function(`return ${text}`)() as number[];

describe.each(codes)('%s', (code) => {
  const strategy = strategyOf(code);
  const { order, range, values } = contracts[code]!;
  const cases = Object.entries(vectors).map(([text, what], i) => [text, what, values[i]!] as const);

  it('has the order and the range that are written down', () => {
    expect(strategy.order).toBe(order);
    for (const numClasses of [1, 2, 3, 90]) {
      const [low, high] = strategy.range(numClasses);
      expect([low, high], `${numClasses} classes`).toEqual(range(numClasses).map(near));
    }
  });

  it.each(cases)('(%s), %s, is %s', (text, _, wanted) => {
    const scores = vectorOf(text);
    if (wanted === 'throws') return expect(() => strategy.score(scores)).toThrow(RangeError);
    expect(strategy.score(scores)).toEqual(near(wanted));
    if (scores.length === 0) return;
    expect(strategy.scoreRows(Float64Array.from(scores), scores.length)[0]).toEqual(near(wanted));
    const single = strategy.scoreRows(Float32Array.from(scores), scores.length)[0]!;
    expect(single).toEqual(Number.isNaN(wanted) ? NaN : expect.closeTo(wanted, 6));
  });

  testStrategy({
    vitest,
    strategy,
    numClasses: code.startsWith('binary') ? [1] : [1, 2, 3, 10, 90],
    input: code.startsWith('fromLogits') ? 'logits' : 'scores',
  });
});

it('every score that the package exports is written down', () => {
  const index = readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8');
  const exported = [...index.matchAll(/^export \{ (\w+) \} from '\.\/uncertainty\//gm)].map(([, name]) => name!);
  const noScores = new Set(['createStrategy', 'scoreColumn', 'toProbabilities']);
  const scores = exported.filter((name) => !noScores.has(name));
  expect(scores.filter((name) => !codes.some((code) => new RegExp(`\\b${name}\\b`).test(code)))).toEqual([]);
  expect(scores.length).toBeGreaterThan(9);
});

describe('the tables of the docs', () => {
  const rows = ['uncertainty', 'multi-label'].flatMap((page) => tableOf(`../../../../docs/strategies/${page}.md`));

  it('have the scores that are written down, each once', () => {
    expect(rows.map(({ score }) => score).sort()).toEqual([...codes].sort());
  });

  it.each(rows)('say of $score what it gives', ({ score: code, order, range, ...cells }) => {
    const strategy = strategyOf(code!);
    expect(order).toBe(strategy.order);
    for (const numClasses of [2, 3, 90]) {
      const wanted = range!.split('..').map((bound) => expect.closeTo(valueOf(bound, numClasses), 12) as number);
      expect([...strategy.range(numClasses)], range).toEqual(wanted);
    }
    expect(Object.keys(cells)).toEqual(Object.keys(vectors));
    for (const [vector, cell] of Object.entries(cells)) {
      if (cell === 'throws') expect(() => strategy.score(vectorOf(vector))).toThrow(RangeError);
      else expect(strategy.score(vectorOf(vector)), vector).toEqual(asWritten(cell));
    }
  });
});

/** The rows of the tables of a page whose first column is headed `score`, by the heads of their
 * columns.
 */
function tableOf(page: string): Record<string, string>[] {
  const lines = readFileSync(new URL(page, import.meta.url), 'utf8').split('\n');
  const cellsOf = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''));
  let head: string[] = [];
  return lines.flatMap<Record<string, string>>((line) => {
    const cells = cellsOf(line);
    if (cells.length === 0) head = [];
    else if (cells[0] === 'score') head = cells;
    else if (head.length > 0 && !/^-+$/.test(cells[0]!))
      return Object.fromEntries(head.map((name, i) => [name, cells[i]!]));
    return [];
  });
}

/** A bound such as `k / (e * ln k)`, for so many classes. */
function valueOf(bound: string, numClasses: number): number {
  const code = bound.replaceAll(/\b(ln|log2) (\w)/g, '$1($2)');
  return Function('k', 'e', 'ln', 'log2', `return ${code}`)(numClasses, Math.E, Math.log, Math.log2) as number;
}

/** A number with decimals holds to the last one written, any other exactly. */
function asWritten(cell: string): unknown {
  const decimals = cell.split('.')[1]?.length ?? 0;
  return decimals > 0 ? expect.closeTo(Number(cell), decimals) : Number(cell) + 0;
}
