import { aggregationNamed, strategyNamed, toStrategy } from '@qualm/strategies';
import { aggregationNames, namesModule, strategyNames } from '@qualm/strategies/names';
import { QualmError } from '@qualm/types';
import type { Strategy } from '@qualm/types';
import { importExport } from './import-export.ts';
import type { MeasureParts } from './worker-measure.ts';

/** What `--measure` says. */
export interface NamedMeasure {
  readonly text: string;
  readonly strategy: string;
  readonly aggregation: string | null;
}

/** The parts of `entropy`, `entropy:top-mean:3`, `./mine.js#score` or `./mine.js#score:max`.
 * @example parseMeasure('entropy:max') // { text: 'entropy:max', strategy: 'entropy', aggregation: 'max' }
 */
export function parseMeasure(text: string): NamedMeasure {
  const end = text.indexOf(':', namesModule(text) ? text.lastIndexOf('#') + 1 : 0);
  // A path without an export may begin with a drive: `C:\mine.js`.
  if (end < 0 || (namesModule(text) && !text.includes('#'))) return { text, strategy: text, aggregation: null };
  return { text, strategy: text.slice(0, end), aggregation: text.slice(end + 1) };
}

/** The strategy and the aggregation that a measure names, imported where they are somebody's own.
 * @param cwd what paths are relative to.
 * @throws QualmError `options-invalid` where there is none of that name.
 */
export async function readMeasure({ text, strategy, aggregation }: NamedMeasure, cwd: string): Promise<MeasureParts> {
  const found = aggregation === null ? undefined : aggregationNamed(aggregation);
  if (found === null) throw invalid(`"${text}" has the aggregation "${aggregation}"; expected ${aggregationNames}`);
  return { name: text, strategy: await strategyOf(strategy, cwd), aggregation: found };
}

async function strategyOf(text: string, cwd: string): Promise<Strategy> {
  const ours = strategyNamed(text);
  if (ours) return ours;
  if (!namesModule(text))
    throw invalid(
      `"${text}" is unknown; choose one of ${strategyNames.join(', ')}, or name a module and its export: ./mine.js#score`,
    );
  const { value, exported } = await importExport(text, cwd);
  return toStrategy(value, { where: '--measure', text, name: exported });
}

function invalid(message: string): QualmError {
  return new QualmError('options-invalid', `--measure: ${message}`);
}
