import { describe, expect, it } from 'vitest';
import { functionsOf, misuses, place } from '@qualm/misuse';
import type { Place } from '@qualm/misuse';
import * as mlflow from '../src/index.ts';
import { folderRegistry } from './folder-registry.ts';

const anything = [
  'undefined',
  'null',
  'number',
  'NaN',
  'true',
  'text',
  'empty',
  'array',
  'object',
  'function',
] as const;
const options = place({}, 'undefined', 'object');

const calls: Readonly<Record<string, readonly Place[]>> = {
  createMlflowRegistry: [options],
  fromEnv: [place({}, 'object')],
  isModelUri: [place('mlflow:/ssd', ...anything, 'promise')],
  outputSchema: [place('detections')],
  parseModelUri: [place('mlflow:/ssd')],
  readRikaiTags: [place({}, 'object')],
};

describe.each(functionsOf(mlflow))('%s called with wrong things from JavaScript', (name, call) => {
  it('throws RangeError or QualmError, never what the engine says', async () => {
    expect(await misuses(name, call, calls[name]!)).toEqual([]);
  });
});

const uri = place('mlflow:/nothing');
const name = place('nothing');
const alias = place('champion');
const version = place(1, 'number');

const methods: Readonly<Record<string, readonly Place[]>> = {
  about: [options],
  deleteAlias: [name, alias, options],
  deleteModel: [name, options],
  deleteVersion: [name, version, options],
  describe: [uri, options],
  dispose: [],
  list: [options],
  logModel: [place({ files: {}, spec: {} })],
  pull: [uri, options],
  registeredModel: [place('nothing', 'text', 'empty'), options],
  resolve: [uri, options],
  setAlias: [name, alias, version, options],
  versions: [name, options],
};

it('methods of a registry called with wrong things throw RangeError or QualmError', async () => {
  const { registry } = await folderRegistry();
  for (const [method, call] of functionsOf(registry)) expect(await misuses(method, call, methods[method]!)).toEqual([]);
});

it('a registry says what it wants', async () => {
  const { registry } = await folderRegistry();
  await expect(registry.resolve(undefined as never)).rejects.toThrow(
    "resolve: its URI is undefined; expected a model URI, such as 'mlflow:/ssd'",
  );
  await expect(registry.deleteVersion('ssd', 'latest' as never)).rejects.toThrow(
    'deleteVersion: its version is "latest"; expected a whole number from 1',
  );
});
