import { readFileSync } from 'node:fs';
import type { Embeddings, Metric } from '../../src/index.ts';

/** What fixtures/diversity/generate.py wrote. */
export interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, number[][]>>;
  readonly coreSets: readonly {
    readonly data: string;
    readonly labelled: number[];
    readonly metric: Metric;
    readonly picks: number[];
    readonly distances: number[];
  }[];
}

const file = new URL('../../fixtures/diversity/diversity.json', import.meta.url);
export const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

export function embeddingsOf(rows: readonly (readonly number[])[]): Embeddings {
  return { matrix: Float64Array.from(rows.flat()), dimensions: rows[0]!.length };
}
