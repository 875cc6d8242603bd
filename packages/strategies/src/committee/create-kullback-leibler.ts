import { fillMean, nonNegative } from './consensus.ts';
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
    (numClasses, numMembers) => {
      const mean = new Float64Array(numClasses);
      const sums = new Float64Array(numMembers);
      return (members, from) => {
        fillMean(members, from, mean, sums);
        if (Number.isNaN(mean[0])) return NaN;
        let result = 0;
        for (let member = 0; member < numMembers; member++) {
          result = fold(result, divergenceTo(mean, members[member]!, from, sums[member]!), numMembers);
        }
        return result;
      };
    },
    range,
  );
}

function divergenceTo(mean: Float64Array, scores: ArrayLike<number>, from: number, sum: number): number {
  let divergence = 0;
  for (let k = 0; k < mean.length; k++) {
    const p = scores[from + k]! / sum;
    if (p !== 0) divergence += p * Math.log(p / mean[k]!);
  }
  return nonNegative(divergence);
}
