/** Adds the members' scores, each renormalised to sum 1, into their mean `consensus`, and returns
 * the mean of the members' entropies in nats: NaN where a member has NaN, a negative score, or only
 * zeros.
 */
export function fillConsensus(members: readonly ArrayLike<number>[], from: number, consensus: Float64Array): number {
  const share = 1 / members.length;
  let entropies = 0;
  consensus.fill(0);
  for (const scores of members) {
    const sum = sumOfScores(scores, from, consensus.length);
    let sumOfLogs = 0;
    for (let k = 0; k < consensus.length; k++) {
      const p = scores[from + k]! / sum;
      if (p !== 0) sumOfLogs += p * Math.log(p);
      consensus[k]! += p * share;
    }
    entropies -= sumOfLogs * share;
  }
  return nonNegative(entropies);
}

/** Adds the members' scores, each renormalised to sum 1, into their mean, without the logarithms of
 * `fillConsensus`. Where a member has NaN, a negative score, or only zeros, the mean is NaN.
 * @param sums of each member, for whoever renormalises again.
 */
export function fillMean(
  members: readonly ArrayLike<number>[],
  from: number,
  mean: Float64Array,
  sums: Float64Array,
): void {
  const share = 1 / members.length;
  mean.fill(0);
  for (let member = 0; member < members.length; member++) {
    const scores = members[member]!;
    const sum = sumOfScores(scores, from, mean.length);
    sums[member] = sum;
    for (let k = 0; k < mean.length; k++) mean[k]! += (scores[from + k]! / sum) * share;
  }
}

/** The sum of a member's scores; NaN where one is negative, so that its shares are. */
function sumOfScores(scores: ArrayLike<number>, from: number, numClasses: number): number {
  let sum = 0;
  let least = 0;
  for (let k = 0; k < numClasses; k++) {
    const score = scores[from + k]!;
    sum += score;
    if (score < least) least = score;
  }
  return least < 0 ? NaN : sum;
}

export function sumOfRow(scores: ArrayLike<number>, from: number, numClasses: number): number {
  let sum = 0;
  for (let k = 0; k < numClasses; k++) sum += scores[from + k]!;
  return sum;
}

/** Entropy of probabilities, in nats. */
export function entropyOf(probabilities: Float64Array): number {
  let sumOfLogs = 0;
  for (let k = 0; k < probabilities.length; k++) {
    const p = probabilities[k]!;
    if (p !== 0) sumOfLogs += p * Math.log(p);
  }
  return nonNegative(-sumOfLogs);
}

/** Rounding may leave agreement just below 0; NaN stays. */
export function nonNegative(value: number): number {
  return value <= 0 ? 0 : value;
}
