import { fillConsensus, nonNegative, sumOfRow } from './consensus.ts';
import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';

/** A strategy that folds the members' Kullback-Leibler divergences to their consensus, in nats. */
export function createKullbackLeibler(
  name: string,
  fold: (sofar: number, divergence: number, numMembers: number) => number,
  range: CommitteeStrategy['range'],
): CommitteeStrategy {
  return createCommitteeStrategy(
    name,
    'descending',
    (numClasses) => {
      const consensus = new Float64Array(numClasses);
      return (members, from) => {
        if (Number.isNaN(fillConsensus(members, from, consensus))) return NaN;
        let result = 0;
        for (const scores of members) result = fold(result, divergenceTo(consensus, scores, from), members.length);
        return result;
      };
    },
    range,
  );
}

function divergenceTo(consensus: Float64Array, scores: ArrayLike<number>, from: number): number {
  const sum = sumOfRow(scores, from, consensus.length);
  let divergence = 0;
  for (let k = 0; k < consensus.length; k++) {
    const p = scores[from + k]! / sum;
    if (p !== 0) divergence += p * Math.log(p / consensus[k]!);
  }
  return nonNegative(divergence);
}
