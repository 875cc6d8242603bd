import type { ClassScores, Detections, HeadGuess, InputSpec, Label, ModelSpec } from '@qualm/types';
import { headWords } from './head-words.ts';
import type { InputGuess, InputGuesses } from './input-guesses.ts';
import type { Consistency } from './self-consistency.ts';
import { meanOf } from './try-hypotheses.ts';
import type { Finding } from './try-hypotheses.ts';

/** What a reading is made of. */
export interface ReadingParts {
  readonly pixels: InputGuess;
  readonly head: HeadGuess;
  readonly fit: InputGuesses['fits'][number];
}

/** What all readings of a model share. */
export interface ReadingContext {
  readonly about: Pick<ModelSpec, 'specVersion' | 'name' | 'flavor' | 'files'>;
  readonly labelsOf: (numLabels: number) => readonly Label[];
}

/** One way to read a model, while it is tried. */
export interface Reading {
  readonly parts: ReadingParts;
  readonly spec: ModelSpec;
  readonly words: string;
  /** What it found in each image so far; null where its head refused the outputs. */
  readonly consistencies: (Consistency | null)[];
  /** In the first image. */
  found: Detections | ClassScores | null;
}

export function createReading(parts: ReadingParts, { about, labelsOf }: ReadingContext): Reading {
  const { pixels, fit } = parts;
  const { head, numLabels } = parts.head;
  const input: InputSpec = { ...pixels.input, resize: fit.resize };
  return {
    parts,
    spec: { ...about, input, head, labels: labelsOf(numLabels) },
    words: `${pixels.words}; ${fit.words}; ${headWords(head)}`,
    ...{ consistencies: [], found: null },
  };
}

/** Adds what a reading found in one more image. */
export function addFinding(reading: Reading, finding: Finding | null): void {
  if (reading.consistencies.length === 0) reading.found = finding?.found ?? null;
  reading.consistencies.push(finding?.consistency ?? null);
}

/** The mean of what was found so far; null before the first image, or where one was refused. */
export function consistencyOfReading({ consistencies }: Reading): Consistency | null {
  const read = consistencies.filter((one) => one !== null);
  return read.length > 0 && read.length === consistencies.length ? meanOf(read) : null;
}

/** Support times agreement of what was found so far; null as above. */
export function evidenceOf(reading: Reading): number | null {
  const consistency = consistencyOfReading(reading);
  return consistency && consistency.support * consistency.agreement;
}
