import type { ScoreKind } from '@qualm/types';

const whichOfTwo = 'which of the two best classes is it?';
const whichOfAll = 'which class is it?';
const isEachLabel = 'is each label there or not?';
const takenForOne = 'which class is it, were the scores one distribution?';

/** What a strategy asks of a box, by what its scores are to each other. */
const questions: Readonly<Record<string, Readonly<Record<ScoreKind, string>>>> = {
  leastConfidence: { distribution: 'is the best class right?', independent: 'how low is the best score?' },
  margin: { distribution: whichOfTwo, independent: 'how low is the best score?' },
  ratio: { distribution: whichOfTwo, independent: whichOfTwo },
  entropy: { distribution: whichOfAll, independent: takenForOne },
  gini: { distribution: whichOfAll, independent: takenForOne },
  presence: { distribution: 'is it there?', independent: 'is it there?' },
  entropyPerLabelSum: { distribution: isEachLabel, independent: isEachLabel },
  marginPerLabelLeastSure: { distribution: 'is any label open?', independent: 'is any label open?' },
  disagreement: { distribution: 'where do the models differ?', independent: 'where do the models differ?' },
};

/** The question that a strategy asks of a box; null for one that is not ours. */
export function questionOf(name: string, kind: ScoreKind): string | null {
  const plain = plainName(name);
  return Object.hasOwn(questions, plain) ? questions[plain]![kind] : null;
}

/** Whether it takes the scores of a box for one distribution, and makes little sense of independent
 * ones.
 */
export function needsDistribution(name: string): boolean {
  return ['margin', 'entropy', 'gini'].includes(plainName(name));
}

function plainName(name: string): string {
  const rest = /^normalized([A-Z].*)$/.exec(name)?.[1];
  return rest ? rest[0]!.toLowerCase() + rest.slice(1) : name;
}
