import { lilconfig } from 'lilconfig';
import type { SettingValue } from './apply-setting.ts';
import { UsageError } from '../terminal/exit-code.ts';

/** No file that runs, and no package.json. */
const searchPlaces = ['qualm.config.yaml', 'qualm.config.yml', 'qualm.config.json', '.qualmrc'];

/** The settings of a folder. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** The settings file of a folder; null where there is none.
 * @throws UsageError when it cannot be read, or is not a flat list of options.
 */
export async function readSettingsFile(folder: string): Promise<SettingsFile | null> {
  let text = '';
  // Loaded only where there is a file, since a user should not wait for it before the first word.
  const read = async (_path: string, content: string): Promise<unknown> => {
    text = content;
    return (await import('yaml')).parse(content);
  };
  const loaders = { '.yaml': read, '.yml': read, '.json': read, noExt: read };
  const found = await lilconfig('qualm', { searchPlaces, loaders, stopDir: folder })
    .search(folder)
    .catch((cause: unknown) => {
      throw new UsageError(`settings in ${folder} cannot be read: ${String(cause)}`, { cause });
    });
  if (!found) return null;
  const settings = found.isEmpty === true ? {} : await checkSettings(found.config, found.filepath);
  return { path: found.filepath, text, settings };
}

async function checkSettings(value: unknown, file: string): Promise<Record<string, SettingValue>> {
  const { z } = await import('zod');
  const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).safeParse(value ?? {});
  if (settings.success) return settings.data;
  const issues = settings.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new UsageError(`${file}: expected "option: value" lines; ${issues.join('; ')}`);
}
