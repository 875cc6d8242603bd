import { spreadOf } from '../spread-of.ts';
import type { Spread } from '../spread-of.ts';
import type { Step } from './answer-page.ts';

/** What a way of labelling comes to. */
export interface Summary {
  /** Errors left after so many minutes. */
  readonly leftAfterMinutes: Readonly<Record<number, Spread | number>>;
  /** Errors left after so many answers. */
  readonly leftAfterAnswers: Readonly<Record<number, Spread | number>>;
  /** Until all is answered. */
  readonly minutes: Spread | number;
  readonly answersAMinute: Spread | number;
  /** Errors fewer at the end, by answers and by minutes. */
  readonly removedByAnswer: Spread | number;
  readonly removedByMinute: Spread | number;
}

/** @param runs the same with other seeds; one where there is no chance in it */
export function summaryOf(
  runs: readonly (readonly Step[])[],
  minutes: readonly number[],
  answers: readonly number[],
): Summary {
  const each = (read: (steps: readonly Step[]) => number): Spread | number => {
    const values = runs.map(read);
    return values.length > 1 ? spreadOf(values) : Number(values[0]!.toPrecision(4));
  };
  const left = (isReached: (step: Step) => boolean): Spread | number =>
    each((steps) => steps.findLast(isReached)!.errors);
  const last = (steps: readonly Step[]): Step => steps.at(-1)!;
  const removed = (steps: readonly Step[]): number => steps[0]!.errors - last(steps).errors;
  const named = (at: readonly number[], read: (at: number) => Spread | number) =>
    Object.fromEntries(at.map((one) => [one, read(one)]));
  return {
    leftAfterMinutes: named(minutes, (one) => left(({ seconds }) => seconds <= 60 * one)),
    leftAfterAnswers: named(answers, (one) => left((step) => step.answers <= one)),
    minutes: each((steps) => last(steps).seconds / 60),
    answersAMinute: each((steps) => (60 * last(steps).answers) / last(steps).seconds),
    removedByAnswer: each((steps) => removed(steps) / last(steps).answers),
    removedByMinute: each((steps) => (60 * removed(steps)) / last(steps).seconds),
  };
}
