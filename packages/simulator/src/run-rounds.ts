import { createRandom, topRows } from '@qualm/strategies';
import type { Matrix, Selection } from '@qualm/strategies';
import type { Classifier, Learner } from './learner.ts';
import type { QueryStrategy } from './query-strategy.ts';

/** Rows that may be labelled, with all labels known: what a simulation replays. */
export interface Experiment {
  /** Row-major [n, numFeatures]. */
  readonly features: Matrix;
  readonly numFeatures: number;
  /** The class of each row, from 0. */
  readonly labels: Int32Array;
  readonly numClasses: number;
  /** Rows kept aside to measure accuracy on: this share of all, drawn anew for each seed. */
  readonly testShare: number;
  /** Labels at the start, drawn by chance. */
  readonly initial: number;
  /** Labels added in each round. */
  readonly batchSize: number;
  /** Labels at the end, at most. */
  readonly budget: number;
}

/** The learner as it was after some number of labels. */
export interface Round {
  readonly round: number;
  readonly labels: number;
  /** The share of the test rows whose most probable class is theirs. */
  readonly accuracy: number;
}

/** One strategy replayed with one seed. The split and the first labels depend on the seed alone, so
 * that all strategies start alike; what the strategy and the learner draw depends on the seed and
 * the round.
 * @throws whatever the learner or the strategy throws; RangeError for rows that may not be chosen.
 */
export async function* runRounds(
  experiment: Experiment,
  learner: Learner,
  strategy: QueryStrategy,
  seed: number,
): AsyncGenerator<Round> {
  const { features, numFeatures, labels, numClasses, testShare, initial, batchSize, budget } = experiment;
  const rows = topRows(new Float64Array(labels.length), 'ascending', { seed });
  const numTest = Math.round(labels.length * testShare);
  const test = rows.subarray(0, numTest);
  const pool = rows.subarray(numTest);
  const testFeatures = gather(features, numFeatures, test);
  let labelled = pool.slice(0, initial);
  let unlabelled = pool.slice(initial).sort();
  for (let round = 0; ; round++) {
    const random = createRandom(seed + round / 1024);
    const classes = Int32Array.from(labelled, (row) => labels[row]!);
    const learnt = {
      features: gather(features, numFeatures, labelled),
      numFeatures,
      labels: classes,
      numClasses,
      random,
    };
    const classifier = await learner.fit(learnt);
    yield { round, labels: labelled.length, accuracy: await accuracyOf(classifier, testFeatures, test, experiment) };
    const count = Math.min(batchSize, budget - labelled.length, unlabelled.length);
    if (count <= 0) return;
    const probabilities = await classifier.predict(gather(features, numFeatures, unlabelled), numFeatures);
    const chosen = await strategy.select({
      ...{ count, unlabelled, labelled, labels: classes, probabilities, numClasses, features, numFeatures },
      ...{ random, seed: random() },
    });
    const picked = chosenRows(strategy.name, chosen, unlabelled, count);
    labelled = Uint32Array.of(...labelled, ...picked);
    const taken = new Set(picked);
    unlabelled = unlabelled.filter((row) => !taken.has(row));
  }
}

function gather(features: Matrix, numFeatures: number, rows: Uint32Array): Float64Array {
  const out = new Float64Array(rows.length * numFeatures);
  rows.forEach((row, place) =>
    out.set(features.subarray(row * numFeatures, (row + 1) * numFeatures), place * numFeatures),
  );
  return out;
}

async function accuracyOf(
  classifier: Classifier,
  features: Float64Array,
  rows: Uint32Array,
  { numFeatures, numClasses, labels }: Experiment,
): Promise<number> {
  const probabilities = await classifier.predict(features, numFeatures);
  let right = 0;
  rows.forEach((row, place) => {
    let best = 0;
    const from = place * numClasses;
    for (let label = 1; label < numClasses; label++)
      if (probabilities[from + label]! > probabilities[from + best]!) best = label;
    if (best === labels[row]) right++;
  });
  return right / rows.length;
}

/** The first `count` of the rows that a strategy chose.
 * @throws RangeError when there are too few, one that may not be chosen, or one twice.
 */
function chosenRows(
  name: string,
  chosen: ArrayLike<number> | Selection,
  unlabelled: Uint32Array,
  count: number,
): Uint32Array {
  const rows = Uint32Array.from('rows' in chosen ? chosen.rows : chosen).subarray(0, count);
  const open = new Set(unlabelled);
  rows.forEach((row, place) => {
    if (!open.delete(row)) {
      throw new RangeError(
        `${name}: pick ${place + 1} is row ${row}, which has a label or was picked before; expected unlabelled rows`,
      );
    }
  });
  if (rows.length < count)
    throw new RangeError(`${name}: picked ${rows.length} rows of ${unlabelled.length}; expected ${count}`);
  return rows;
}
