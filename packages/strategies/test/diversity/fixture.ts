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
  readonly badges: readonly {
    readonly data: string;
    readonly probabilities: number[][];
    readonly picks: number[];
    /** From each row to the nearest of all picks, by NumPy. */
    readonly squares: number[];
    /** The chances that the last pick was drawn by; 0 for picks. */
    readonly lastUtilities: number[];
  }[];
  readonly kMeans: readonly {
    readonly data: string;
    readonly start: number[];
    readonly clusters: number[];
    readonly centroids: number[][];
    readonly inertia: number;
  }[];
  readonly typiClusts: readonly {
    readonly data: string;
    readonly labelled: number[];
    readonly neighbours: number;
    readonly clusters: number[];
    readonly picks: number[];
    readonly typicality: number[];
  }[];
  readonly probCovers: readonly {
    readonly data: string;
    readonly labelled: number[];
    readonly radius: number;
    /** Of each row how many others the first pick would cover; -1 of labelled ones. */
    readonly firstCovers: number[];
  }[];
  readonly probCoverRadii: readonly {
    readonly data: string;
    readonly clusters: number[];
    readonly purity: number;
    /** The greatest of 0, step, 2 step... that is pure. */
    readonly delta: number;
    readonly step: number;
  }[];
  readonly densities: readonly {
    readonly data: string;
    readonly inverseEuclidean: number[];
    readonly inverseCosine: number[];
    readonly cosine: number[];
  }[];
  readonly principalComponents: readonly {
    readonly data: string;
    readonly components: number[][];
    readonly variances: number[];
    readonly projected: number[][];
  }[];
  readonly components: readonly { readonly data: string; readonly maxDistance: number; readonly groups: number[][] }[];
}

const file = new URL('../../fixtures/diversity/diversity.json', import.meta.url);
export const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

export function embeddingsOf(rows: readonly (readonly number[])[]): Embeddings {
  return { matrix: Float64Array.from(rows.flat()), dimensions: rows[0]!.length };
}
