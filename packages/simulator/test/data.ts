import { readFileSync } from 'node:fs';

export interface Data {
  readonly features: Float64Array;
  readonly numFeatures: number;
  readonly labels: Int32Array;
}

interface Fixture {
  readonly numFeatures: number;
  readonly labels: string;
  readonly features?: readonly number[];
  /** Bytes of 0..16, in base64. */
  readonly pixels?: string;
}

/** Rows of fixtures/<name>/<name>.json; pixels on a scale of 0..1. */
export function readData(name: 'digits' | 'iris' | 'two-moons'): Data {
  const file = new URL(`../fixtures/${name}/${name}.json`, import.meta.url);
  const { numFeatures, labels, features, pixels } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const values = features ?? Array.from(Buffer.from(pixels!, 'base64'), (value) => value / 16);
  return { features: Float64Array.from(values), numFeatures, labels: Int32Array.from(labels, Number) };
}
