import { oneLine } from './draw-chart.ts';

/** Names of classes for an axis: one line each, cut, and told apart by their number where they are
 * alike.
 */
export function axisNames(names: readonly string[]): string[] {
  const short = names.map((name) => oneLine(name, 20) || '(no name)');
  const seen = new Map<string, number>();
  for (const name of short) seen.set(name, (seen.get(name) ?? 0) + 1);
  return short.map((name, index) => (seen.get(name)! > 1 ? `${name} #${index}` : name));
}
