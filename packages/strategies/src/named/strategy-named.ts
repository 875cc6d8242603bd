import type { Strategy } from '@qualm/types';
import { createEntropy } from '../uncertainty/create-entropy.ts';
import { createGini } from '../uncertainty/create-gini.ts';
import { createLeastConfidence } from '../uncertainty/create-least-confidence.ts';
import { entropy } from '../uncertainty/entropy.ts';
import { gini } from '../uncertainty/gini.ts';
import { leastConfidence } from '../uncertainty/least-confidence.ts';
import { margin } from '../uncertainty/margin.ts';
import { perLabel } from '../uncertainty/per-label.ts';
import { presence } from '../uncertainty/presence.ts';
import { ratio } from '../uncertainty/ratio.ts';
import type { StrategyName } from './names.ts';

const byName: Readonly<Record<StrategyName, () => Strategy>> = {
  'least-confidence': () => leastConfidence,
  margin: () => margin,
  ratio: () => ratio,
  entropy: () => entropy,
  gini: () => gini,
  'label-entropy': () => perLabel(entropy, { combine: 'sum' }),
  'label-margin': () => perLabel(margin, { combine: 'least-sure' }),
  presence: () => presence,
  'normalized-least-confidence': () => createLeastConfidence({ normalized: true }),
  'normalized-entropy': () => createEntropy({ normalized: true }),
  'normalized-gini': () => createGini({ normalized: true }),
};

/** The strategy that command lines call so; null where there is none: see `strategyNames`.
 * @example strategyNamed('margin') === margin // true
 */
export function strategyNamed(name: string): Strategy | null {
  return Object.hasOwn(byName, name) ? byName[name as StrategyName]() : null;
}
