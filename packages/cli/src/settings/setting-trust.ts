import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { isUri } from '../input/is-uri.ts';
import { strategyNames } from '@qualm/strategies/names';

/** Options whose values are paths: in a settings file relative to it. */
export const pathOptions: ReadonlySet<string> = new Set([
  ...[
    'images',
    'coco',
    'model',
    'model-root',
    'spec',
    'out',
    'against',
    'marks',
    'labelled',
    'diverse',
    'only',
    'font',
    'report',
  ],
]);

/** Options that a folder may set without being trusted: they change what is computed and shown,
 * run nothing, and reach nothing outside. An option that is not here, or above, is taken from files
 * of trusted folders alone.
 */
const harmless: ReadonlySet<string> = new Set(
  (
    'aggregate balance batch-size budget by candidates cells cost-per-box cost-per-image count csv device dialect dry-run ' +
    'empty error fail-on features form group-by high-score initial inline json label level limit ' +
    'low-score max-per-group max-quality min-score ndjson on-error output pool port quota readonly report-cells resume retry-failed rows ' +
    'scale seed seeds sessions shard-rows strength strict target test-share threads timing title top'
  ).split(' '),
);

/** True where a setting needs no trust in the folder that it stands in: a harmless option, a path
 * inside of the folder, a model's name in the user's own registry, a strategy of ours.
 */
export async function needsNoTrust(name: string, text: string, folder: string): Promise<boolean> {
  if (harmless.has(name)) return true;
  if (name === 'strategy') return text === 'disagreement' || (strategyNames as readonly string[]).includes(text);
  if (!pathOptions.has(name)) return false;
  if (text === '-') return true;
  if (isUri(text)) return name === 'model' && /^mlflow:\/[^/]/.test(text);
  return isInside(await realpath(folder), await realPlace(resolve(folder, text)));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}

/** Where a path leads, by all links; of what is not there yet, where it would be. */
async function realPlace(path: string): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null || dirname(path) === path) return found ?? path;
  return join(await realPlace(dirname(path)), basename(path));
}
