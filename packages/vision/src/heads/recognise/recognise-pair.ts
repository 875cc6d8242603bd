import type { OutputFacts } from '@qualm/types';
import { ofRank, outputsOf } from './outputs.ts';
import type { NamedOutput } from './outputs.ts';

/** Two outputs that have a row for each box: its four numbers, and its scores. */
export interface Pair {
  readonly boxes: NamedOutput;
  readonly scores: NamedOutput;
}

/** What authors call an output of boxes. */
export const boxName: RegExp = /box|dets|loc|reg|coord/i;

/** The outputs of a model that has two, of boxes and of scores. Which is which, their shapes say,
 * and their names where both have four columns.
 */
export function pairOf(facts: OutputFacts): Pair | null {
  const outputs = ofRank(facts, 3);
  const [first, second] = outputs;
  if (outputsOf(facts).length !== 2 || !first || !second || first.shape[1] !== second.shape[1]) return null;
  const choices = [
    { boxes: first, scores: second },
    { boxes: second, scores: first },
  ].filter(({ boxes }) => boxes.shape[2] === 4);
  return (
    choices.find(({ boxes, scores }) => boxName.test(boxes.name) && !boxName.test(scores.name)) ?? choices[0] ?? null
  );
}
