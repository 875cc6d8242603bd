import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RegistryToy } from '@qualm/testkit';
import { registryToys } from '@qualm/testkit';
import { createMlflowRegistry } from '../src/index.ts';
import type { LoggedResult, LogModelOptions, MlflowRegistry, MlflowRegistryOptions } from '../src/index.ts';

/** A new folder that is gone with the machine's temporary files. */
export function scratchFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'qualm-mlflow-'));
}

/** A registry in a new folder, with a cache of its own, disposed of after the test. */
export async function folderRegistry(options: MlflowRegistryOptions = {}): Promise<{
  registry: MlflowRegistry;
  folder: string;
}> {
  const folder = await scratchFolder();
  const registry = createMlflowRegistry({
    trackingUri: join(folder, 'models'),
    cacheFolder: join(folder, 'cache'),
    ...options,
  });
  onTestFinished(() => registry.dispose());
  return { registry, folder };
}

/** Logs one of the toys, written to a file first. */
export async function logToy(
  registry: MlflowRegistry,
  { spec, file }: RegistryToy = registryToys().newer,
  options: Partial<LogModelOptions> = {},
): Promise<LoggedResult> {
  const path = join(await scratchFolder(), 'model.onnx');
  await writeFile(path, file);
  return registry.logModel({ files: { [spec.files.model]: path }, spec, ...options });
}
