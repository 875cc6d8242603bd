import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MlflowRegistry } from '@qualm/registry-mlflow';
import { registryToys } from '@qualm/testkit';
import type { RegistryToy } from '@qualm/testkit';

/** How the toys are found that `logToys` logs. */
export const toyUris = {
  newer: ['mlflow:/colour', 'mlflow:///colour', 'mlflow:/colour/2', 'models:/colour@champion', 'models:/colour/latest'],
  older: 'mlflow:/colour/1',
  missing: ['mlflow:/color', 'mlflow:/colour/3', 'mlflow:/colour@challenger', 'mlflow:/colour/Staging'],
  malformed: ['mlflow://colour', 'mlflow:/', 'mlflow:/a/b/c', 'mlflow:/../x', 'mlflow:/colour/0', 'ftp:/colour'],
} as const;

/** Logs the toys of the contract for registries. */
export async function logToys(registry: MlflowRegistry): Promise<void> {
  const { older, newer } = registryToys();
  await logToy(registry, older, 'colour');
  await logToy(registry, newer, 'colour', 'champion');
}

/** Logs a toy and registers it. */
export async function logToy(registry: MlflowRegistry, toy: RegistryToy, name: string, alias?: string): Promise<void> {
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-toy-')), 'model.onnx');
  await writeFile(path, toy.file);
  await registry.logModel({
    files: { [toy.spec.files.model]: path },
    spec: toy.spec,
    registeredModelName: name,
    ...(alias !== undefined && { alias }),
  });
}
