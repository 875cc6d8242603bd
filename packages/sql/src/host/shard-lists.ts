import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { listPredictionShards } from '@qualm/datasets';

/** Paths of the shards of folders of predictions. A folder is checked once, and again when a shard
 * has changed.
 */
export interface ShardLists {
  list(folder: string, onWarning: (message: string) => void): Promise<readonly string[]>;
}

interface Checked {
  readonly paths: readonly string[];
  readonly state: string;
}

export function createShardLists(cwd: string): ShardLists {
  const checked = new Map<string, Checked>();
  return {
    async list(folder, onWarning) {
      const place = resolve(cwd, folder);
      const before = checked.get(place);
      if (before && before.state === (await stateOf(place, before.paths))) return before.paths;
      const paths = await listPredictionShards(place, { onWarning });
      checked.set(place, { paths, state: await stateOf(place, paths) });
      return paths;
    },
  };
}

/** Size and time of each file, the manifest's too, which changes when a shard is added. */
async function stateOf(folder: string, paths: readonly string[]): Promise<string> {
  const files = [resolve(folder, '_qualm.json'), ...paths];
  const states = files.map(async (path) => {
    const found = await stat(path, { bigint: true }).catch(() => null);
    return found ? `${found.size} ${found.mtimeNs}` : 'gone';
  });
  return (await Promise.all(states)).join('\n');
}
