import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './repository.ts';

/** The five questions of uncertainty sampling. */
export const questions = ['least confident', 'smallest margins', 'highest entropies', 'confused', 'counts'] as const;

export type Question = (typeof questions)[number];

/** The statements of `examples/uncertainty-sampling.sql`, as they stand there. */
export interface SamplingStatements {
  /** `CREATE MODEL`, and what it lists. */
  readonly models: readonly string[];
  /** `least_margin`, which one of the questions reads. */
  readonly leastMargin: string;
  readonly selects: Readonly<Record<Question, string>>;
}

/** Reads the file. */
export async function samplingStatements(): Promise<SamplingStatements> {
  const text = await readFile(join(root, 'examples/uncertainty-sampling.sql'), 'utf8');
  const statements = text
    .replaceAll(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim());
  const found = (pattern: RegExp): string[] => statements.filter((statement) => pattern.test(statement));
  const selects = found(/^SELECT/);
  if (selects.length !== questions.length) throw new Error(`expected five SELECT, came ${selects.length}`);
  return {
    models: [...found(/^CREATE OR REPLACE MODEL/), ...found(/^SHOW/)],
    leastMargin: found(/VIEW least_margin/)[0]!,
    selects: Object.fromEntries(questions.map((name, at) => [name, selects[at]!])) as Record<Question, string>,
  };
}
