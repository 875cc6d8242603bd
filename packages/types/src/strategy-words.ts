const words: Readonly<Record<string, string>> = {
  leastConfidence: 'least confidence',
  gini: 'Gini impurity',
  entropyPerLabelSum: 'label entropies',
  marginPerLabelLeastSure: 'margin of the least sure label',
  foundScore: 'score of the found box',
};

/** What people call a strategy, on every page, list and chart: its own name where that is a word.
 * @example strategyWords('leastConfidence') // 'least confidence'
 * @example strategyWords('normalizedGini') // 'normalized Gini impurity'
 * @example strategyWords('marginUncertainty') // '1 - margin'
 */
export function strategyWords(name: string): string {
  const normalized = /^normalized([A-Z].*)$/.exec(name)?.[1];
  if (normalized) return `normalized ${strategyWords(normalized[0]!.toLowerCase() + normalized.slice(1))}`;
  const turned = /^(margin|ratio|marginPerLabelLeastSure)Uncertainty$/.exec(name)?.[1];
  if (turned) return `1 - ${strategyWords(turned)}`;
  return Object.hasOwn(words, name) ? words[name]! : name;
}
