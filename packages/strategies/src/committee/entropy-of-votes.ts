import { finishEntropy } from '@qualm/types/rows';
import type { EntropyOptions } from '@qualm/types/rows';

/** Entropy of votes that were cast as whole numbers of classes, row-major [n, numMembers] -> [n]:
 * 0..ln(min(classes, members)) nats, large is least sure. One member gives 0. `normalized` divides
 * by ln numClasses, which is never guessed from the votes.
 * @throws RangeError when `votes` are not whole rows, or one is not a class from 0 to below
 * `numClasses`.
 * @see `vote_entropy` of modAL and of scikit-activeml
 * @example entropyOfVotes([0, 1, 0, 0, 1, 2], 3, 3) // Float64Array [0.636514168, 1.098612289]
 */
export function entropyOfVotes(
  votes: ArrayLike<number>,
  numMembers: number,
  numClasses: number,
  { base, normalized }: Pick<EntropyOptions, 'base' | 'normalized'> = {},
): Float64Array {
  const rows = votes.length / numMembers;
  if (!Number.isInteger(numMembers) || numMembers < 1 || !Number.isInteger(rows)) {
    throw new RangeError(`entropyOfVotes: ${votes.length} votes are not whole rows of numMembers ${numMembers}`);
  }
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new RangeError(`entropyOfVotes: numClasses is ${numClasses}; expected a whole number from 1`);
  }
  const finish = finishEntropy({
    ...(base !== undefined && { base }),
    ...(normalized !== undefined && { normalized }),
  });
  const counts = new Float64Array(numClasses);
  return Float64Array.from({ length: rows }, (_, row) => {
    counts.fill(0);
    for (let i = row * numMembers; i < (row + 1) * numMembers; i++) {
      const vote = votes[i]!;
      if (!(vote in counts)) {
        throw new RangeError(`entropyOfVotes: vote ${i} is ${vote}; expected a class from 0 to below ${numClasses}`);
      }
      counts[vote]!++;
    }
    return finish(numMembers, sumOfLogs(counts), numClasses);
  });
}

function sumOfLogs(counts: Float64Array): number {
  let sum = 0;
  for (const count of counts) if (count > 0) sum += count * Math.log(count);
  return sum;
}
