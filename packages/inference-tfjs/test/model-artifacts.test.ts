import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readModelArtifacts } from '../src/model-artifacts.ts';
import { writeToyModel } from './toy-graph.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-tfjs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const graph = { format: 'graph-model', modelTopology: { node: [] } };
const weight = { name: 'w', shape: [2], dtype: 'float32' };
const manifest = (path: string) => ({ ...graph, weightsManifest: [{ paths: [path], weights: [weight] }] });

describe('readModelArtifacts', () => {
  it('joins shards in the order of the manifest', async () => {
    const model = await writeToyModel(join(folder, 'shards'), {
      ...graph,
      weightsManifest: [{ paths: ['b.bin', 'sub/a.bin'], weights: [weight] }],
    });
    await mkdir(join(folder, 'shards/sub'));
    await writeFile(join(folder, 'shards/b.bin'), Buffer.from([1, 2, 3]));
    await writeFile(join(folder, 'shards/sub/a.bin'), Buffer.from([4, 5, 6, 7, 8]));
    const { weightData, weightSpecs } = await readModelArtifacts(model);
    expect([...new Uint8Array(weightData as ArrayBuffer)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(weightSpecs).toEqual([weight]);
  });

  it.each(['../secret.bin', '/etc/hosts', 'sub/../../secret.bin', '..'])(
    'refuses the weights path %s',
    async (path) => {
      const model = await writeToyModel(join(folder, 'outside'), manifest(path));
      await writeFile(join(folder, 'secret.bin'), Buffer.alloc(8));
      await expect(readModelArtifacts(model)).rejects.toMatchObject({ code: 'path-outside' });
    },
  );

  it('refuses weights that are a link out of the folder', async () => {
    const model = await writeToyModel(join(folder, 'linked'), manifest('link.bin'));
    await writeFile(join(folder, 'secret.bin'), Buffer.alloc(8));
    await symlink('../secret.bin', join(folder, 'linked/link.bin'));
    await expect(readModelArtifacts(model)).rejects.toMatchObject({ code: 'path-outside' });
    await expect(readModelArtifacts(model)).rejects.toThrow('weights "link.bin" are a link, or behind one');
    expect((await readModelArtifacts(model, true)).weightData).toEqual(new ArrayBuffer(8));
  });

  it('finds weights beside a link to model.json', async () => {
    const blob = await writeToyModel(join(folder, 'blobs'), manifest('w.bin'));
    await mkdir(join(folder, 'snapshot'));
    await symlink(blob, join(folder, 'snapshot/model.json'));
    await writeFile(join(folder, 'snapshot/w.bin'), Buffer.alloc(8, 1));
    const { weightData } = await readModelArtifacts(join(folder, 'snapshot/model.json'));
    expect(new Uint8Array(weightData as ArrayBuffer)).toEqual(new Uint8Array(8).fill(1));
  });

  it.each([
    [['w.bin'], [], /model\.json: its weight file, "w\.bin", is not in .*lacking-0; put all files of the model there$/],
    [['a.bin', 'sub/b.bin'], ['a.bin'], /: 1 of its 2 weight files, "sub\/b\.bin", is not in /],
    [['a', 'b', 'c', 'd', 'e'], ['e'], /: 4 of its 5 weight files, "a", "b", "c" and 1 more, are not in /],
  ])('names those of the weight files %j that are not there', async (paths, there, message) => {
    const place = join(folder, `lacking-${there.length}${paths.length > 2 ? '-many' : ''}`);
    const model = await writeToyModel(place, { ...graph, weightsManifest: [{ paths, weights: [weight] }] });
    for (const name of there) await writeFile(join(place, name), Buffer.alloc(8));
    await expect(readModelArtifacts(model)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(message) as string,
    });
  });

  it('says how many bytes are missing', async () => {
    const model = await writeToyModel(join(folder, 'short'), manifest('weights.bin'));
    await writeFile(join(folder, 'short/weights.bin'), Buffer.alloc(7));
    await expect(readModelArtifacts(model)).rejects.toThrow('its weights need 8 bytes, the weight files hold 7');
  });

  it.each([
    ['no file', undefined, 'model-missing'],
    ['an empty file', '', 'model-invalid'],
    ['text', 'not JSON', 'model-invalid'],
    ['null', 'null', 'model-invalid'],
    ['no topology', '{}', 'model-invalid'],
    ['a manifest of numbers', '{"modelTopology":{},"weightsManifest":[1]}', 'model-invalid'],
    [
      'a shape of text',
      '{"modelTopology":{},"weightsManifest":[{"paths":[],"weights":[{"shape":["a"]}]}]}',
      'model-invalid',
    ],
    [
      'a type unknown',
      '{"modelTopology":{},"weightsManifest":[{"paths":[],"weights":[{"name":"w","dtype":"int4","shape":[]}]}]}',
      'model-invalid',
    ],
    ['no shard', '{"modelTopology":{},"weightsManifest":[{"paths":["none.bin"],"weights":[]}]}', 'model-missing'],
  ])('refuses %s', async (name, text, code) => {
    const path = join(folder, `${name}.json`);
    if (text !== undefined) await writeFile(path, text);
    await expect(readModelArtifacts(path)).rejects.toMatchObject({ code });
  });
});
