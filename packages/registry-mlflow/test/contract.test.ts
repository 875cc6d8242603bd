import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vitest from 'vitest';
import { registryToys, testRegistry } from '@qualm/testkit';
import { createMlflowRegistry } from '../src/index.ts';
import { logToy, scratchFolder } from './folder-registry.ts';

testRegistry({
  name: 'a folder in the layout of MLflow',
  vitest,
  async open() {
    const folder = await scratchFolder();
    const registry = createMlflowRegistry({ trackingUri: folder });
    const toys = registryToys();
    await logToy(registry, toys.older, { registeredModelName: 'colour' });
    await logToy(registry, toys.newer, { registeredModelName: 'colour', alias: 'champion' });
    await logToy(registry, toys.newer, { registeredModelName: 'wrong' });
    const { root } = await registry.resolve('mlflow:/wrong');
    await writeFile(join(root, 'qualm.json'), JSON.stringify(toys.wrong.spec));
    return {
      registry,
      newer: [
        'mlflow:/colour',
        'mlflow:///colour',
        'mlflow:/colour/2',
        'models:/colour@champion',
        'models:/colour/latest',
      ],
      older: 'mlflow:/colour/1',
      missing: ['mlflow:/color', 'mlflow:/colour/3', 'mlflow:/colour@challenger', 'mlflow:/colour/Staging'],
      wrong: 'mlflow:/wrong',
      malformed: ['mlflow://colour', 'mlflow:/', 'mlflow:/a/b/c', 'mlflow:/../x', 'mlflow:/colour/0', 'ftp:/colour'],
      dispose: () => registry.dispose(),
    };
  },
});
