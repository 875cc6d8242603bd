import { createCommitteeStrategy, type CommitteeStrategy } from './create-committee-strategy.ts';

/** A strategy over the shares of votes, where each member votes for its largest score, the first of
 * equals.
 */
export function createVoteStrategy(
  name: string,
  scoreShares: (shares: Float64Array) => number,
  range: CommitteeStrategy['range'],
): CommitteeStrategy {
  return createCommitteeStrategy(
    name,
    'descending',
    (numClasses, numMembers) => {
      const votes = new Float64Array(numClasses);
      return (members, from) => {
        votes.fill(0);
        for (const scores of members) {
          const vote = voteOf(scores, from, numClasses);
          if (vote < 0) return NaN;
          votes[vote]!++;
        }
        for (let k = 0; k < numClasses; k++) votes[k]! /= numMembers;
        return scoreShares(votes);
      };
    },
    range,
  );
}

/** The class of the largest score; -1 where one is NaN. */
function voteOf(scores: ArrayLike<number>, from: number, numClasses: number): number {
  let vote = 0;
  for (let k = 0; k < numClasses; k++) {
    if (Number.isNaN(scores[from + k]!)) return -1;
    if (scores[from + k]! > scores[from + vote]!) vote = k;
  }
  return vote;
}
