import type { OutputFacts } from '@qualm/types';
import type { NanodetHeadSpec } from '../nanodet.ts';
import { ofRank } from './outputs.ts';
import type { NamedOutput } from './outputs.ts';
import { areWithin, columnsOf } from './values.ts';

const strides = [8, 16, 32, 64];

/** For each stride an output of scores [n, cells, classes] and one of distances [n, cells, 4 x
 * bins].
 */
export function recogniseNanodet(facts: OutputFacts): { readonly head: NanodetHeadSpec; readonly numLabels: number }[] {
  const { width, height } = facts.size;
  const outputs = ofRank(facts, 3);
  const levels = strides.flatMap((stride) => {
    const cells = Math.ceil(width / stride) * Math.ceil(height / stride);
    const own = outputs.filter(({ shape }) => shape[1] === cells);
    const scores = own.filter((output) => areWithin(columnsOf(output), -0.01, 1.01));
    const distances = own.filter((output) => !scores.includes(output) && output.shape[2]! % 4 === 0);
    return scores.length === 1 && distances.length === 1
      ? [{ stride, scores: scores[0]!, distances: distances[0]! }]
      : [];
  });
  const numLabels = levels[0]?.scores.shape[2] ?? 0;
  const isWhole = levels.length > 0 && 2 * levels.length === outputs.length;
  if (!isWhole || levels.some(({ scores }) => scores.shape[2] !== numLabels)) return [];
  if (facts.numLabels !== null && facts.numLabels !== numLabels) return [];
  const names = (of: 'scores' | 'distances'): string[] => levels.map((level) => (level[of] as NamedOutput).name);
  const head: NanodetHeadSpec = {
    type: 'nanodet',
    outputs: { scores: names('scores'), distances: names('distances') },
    strides: levels.map(({ stride }) => stride),
  };
  return [{ head, numLabels }];
}
