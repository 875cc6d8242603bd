import type { ScoreKind } from '@qualm/types';

/** What a strategy is called among people, and what it asks of a box, by what its scores are to
 * each other.
 */
interface Doubt {
  readonly words: string;
  readonly asks: Readonly<Record<ScoreKind, string>>;
}

const whichOfTwo = 'which of the two best classes is it?';
const whichOfAll = 'which class is it?';
const isEachLabel = 'is each label there or not?';
const takenForOne = 'which class is it, were the scores one distribution?';

const doubts: Readonly<Record<string, Doubt>> = {
  leastConfidence: {
    words: 'least confidence',
    asks: { distribution: 'is the best class right?', independent: 'how low is the best score?' },
  },
  margin: { words: 'margin', asks: { distribution: whichOfTwo, independent: 'how low is the best score?' } },
  ratio: { words: 'ratio', asks: { distribution: whichOfTwo, independent: whichOfTwo } },
  entropy: { words: 'entropy', asks: { distribution: whichOfAll, independent: takenForOne } },
  gini: { words: 'Gini impurity', asks: { distribution: whichOfAll, independent: takenForOne } },
  presence: { words: 'presence', asks: { distribution: 'is it there?', independent: 'is it there?' } },
  entropyPerLabelSum: {
    words: 'label entropies',
    asks: { distribution: isEachLabel, independent: isEachLabel },
  },
  marginPerLabelLeastSure: {
    words: 'margin of the least sure label',
    asks: { distribution: 'is any label open?', independent: 'is any label open?' },
  },
  disagreement: {
    words: 'disagreement',
    asks: { distribution: 'where do the models differ?', independent: 'where do the models differ?' },
  },
};

/** What people call a strategy: its own name where it is not one of ours. */
export function strategyWords(name: string): string {
  const [plain, isNormalized] = plainName(name);
  const words = doubtOf(plain)?.words ?? name;
  return isNormalized && doubtOf(plain) ? `normalized ${words}` : words;
}

/** The question that a strategy asks of a box; null for one that is not ours. */
export function questionOf(name: string, kind: ScoreKind): string | null {
  return doubtOf(plainName(name)[0])?.asks[kind] ?? null;
}

/** Whether it takes the scores of a box for one distribution, and makes little sense of independent
 * ones.
 */
export function needsDistribution(name: string): boolean {
  return ['margin', 'entropy', 'gini'].includes(plainName(name)[0]);
}

function doubtOf(name: string): Doubt | undefined {
  return Object.hasOwn(doubts, name) ? doubts[name] : undefined;
}

function plainName(name: string): [plain: string, isNormalized: boolean] {
  const rest = /^normalized([A-Z].*)$/.exec(name)?.[1];
  return rest ? [rest[0]!.toLowerCase() + rest.slice(1), true] : [name, false];
}
