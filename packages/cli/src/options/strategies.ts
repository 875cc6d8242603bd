import { strategyNamed, toStrategy } from '@qualm/strategies';
import { namesModule, strategyNames } from '@qualm/strategies/names';
import type { RankOrder, Strategy } from '@qualm/types';
import { UsageError } from '../terminal/exit-code.ts';
import { importExport } from './import-export.ts';

/** Columns of the ranked lists, which a strategy's column cannot be called. */
const taken: ReadonlySet<string> = new Set([
  ...['rank', 'row', 'image_id', 'image', 'width', 'height', 'boxes', 'error', 'default'],
  ...['box', 'box_index', 'index', 'xmin', 'ymin', 'xmax', 'ymax', 'label', 'score', 'second_label', 'second_score'],
  ...['labels', 'scores', 'label_id', 'label_ids', 'group', 'cost', 'distance', 'reason'],
]);

/** The strategy of that name, or the export of a module or a package: `./mine.ts#score`. A plain
 * function ranks large numbers first unless it has an `order` of its own. One that is called like a
 * column of the lists, `score` say, has its numbers in the column `uncertainty`.
 * @throws UsageError when there is none; QualmError `options-invalid` for what is no strategy.
 */
export async function resolveStrategy(name: string, cwd: string): Promise<Strategy> {
  const ours = strategyNamed(name);
  if (ours) return ours;
  if (namesModule(name)) {
    const { value, exported } = await importExport('--strategy', name, cwd);
    const strategy = toStrategy(value, { where: '--strategy', text: name, name: exported });
    return taken.has(strategy.name) ? { ...strategy, name: 'uncertainty' } : strategy;
  }
  throw new UsageError(
    `--strategy: "${name}" is unknown; choose one of ${strategyNames.join(', ')}, or name a module and its export: ./mine.ts#score`,
  );
}

/** Which end of a column comes first that is called as a strategy of ours, with `_` or `-`; null
 * for other columns.
 */
export function strategyOrder(column: string): RankOrder | null {
  const name = column.toLowerCase().replaceAll('_', '-');
  return strategyNamed(name)?.order ?? null;
}
