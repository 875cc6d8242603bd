import { basename } from 'node:path';
import { sourceName } from '../scan/prediction-source.ts';
import type { PredictionSource } from '../scan/prediction-source.ts';

/** What two folders of predictions are called: the last parts of their paths in which they differ.
 */
export function modelNames(source: PredictionSource, against: PredictionSource | undefined): [string, string] {
  if (against === undefined) return [basename(sourceName(source)), ''];
  const [one, two] = [source, against].map((path) => sourceName(path).split(/[\\/]/).filter(Boolean)) as [
    string[],
    string[],
  ];
  while (one.length > 1 && two.length > 1 && one.at(-1) === two.at(-1)) {
    one.pop();
    two.pop();
  }
  return [one.at(-1)!, two.at(-1)!];
}
