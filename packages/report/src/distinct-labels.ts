import { distinctNames } from '@qualm/types';
import type { ReportClass } from './report-options.ts';

/** Labels so that each has a name of its own. Those that share one are, one after the other, the
 * classes of this name; without classes they are counted from 1.
 * @throws RangeError where classes have the name more often, or less.
 */
export function distinctLabels(labels: readonly string[], classes?: readonly ReportClass[]): readonly string[] {
  const normal = labels.map((label) => label.normalize());
  if (new Set(normal).size === labels.length) return labels;
  const known = classes ?? labels.map((name, place) => ({ id: place + 1, name }));
  const names = distinctNames(known);
  const namesOf = (label: string): string[] => names.filter((_, at) => known[at]!.name.normalize() === label);
  return labels.map((label, place) => {
    const name = normal[place]!;
    const count = normal.filter((one) => one === name).length;
    if (count === 1) return label;
    const own = namesOf(name);
    if (own.length === count) return own[normal.slice(0, place).filter((one) => one === name).length]!;
    throw new RangeError(
      `createReport: labels has ${JSON.stringify(label)} ${count} times, classes ${own.length} times; expected as many`,
    );
  });
}
