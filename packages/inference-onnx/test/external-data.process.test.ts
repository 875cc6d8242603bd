import { mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeOnnxModel } from '@qualm/testkit';
import { createTensor } from '@qualm/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxBackend } from '../src/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-external-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const w = Float32Array.of(10, 20);
const v = Float32Array.of(300, 400);

/** x [2] -> x + w + v, each of which lies in a file. */
function twoWeights(locations: readonly [string, string], offset = 0): Uint8Array {
  return encodeOnnxModel({
    name: 'beside',
    opset: 17,
    inputs: [{ name: 'x', dtype: 'float32', shape: [2] }],
    outputs: [{ name: 'y', dtype: 'float32', shape: [2] }],
    initializers: ['w', 'v'].map((name, at) => {
      return { name, dtype: 'float32', shape: [2], external: { location: locations[at]!, offset } } as const;
    }),
    nodes: [
      { op: 'Add', inputs: ['x', 'w'], outputs: ['xw'] },
      { op: 'Add', inputs: ['xw', 'v'], outputs: ['y'] },
    ],
  });
}

async function write(path: string, content: Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

function bytes(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer);
}

async function run(model: string, followLinks = false): Promise<number[]> {
  const backend = createOnnxBackend({ device: 'cpu', sessions: 2, threads: 1 });
  const loaded = await backend.load({ model, followLinks });
  const { y } = await loaded.run({ x: createTensor('float32', [2], Float32Array.of(1, 2)) });
  await loaded.dispose();
  return Array.from(y!.data, Number);
}

describe('a model whose weights lie in files', () => {
  it('runs with files beside it, and below', async () => {
    const place = join(folder, 'plain');
    await write(join(place, 'w.bin'), bytes(w));
    await write(join(place, 'more/v.bin'), bytes(v));
    expect(await run(await write(join(place, 'm.onnx'), twoWeights(['w.bin', 'more/v.bin'])))).toEqual([311, 422]);
  });

  it('reads weights that begin past 2 GiB', async () => {
    const offset = 2 ** 31 + 4096;
    const place = join(folder, 'large');
    const model = await write(join(place, 'm.onnx'), twoWeights(['w.bin', 'w.bin'], offset));
    const file = await open(join(place, 'w.bin'), 'w');
    // The file has a hole, and takes no room on the disk.
    await file.write(w, 0, 8, offset);
    await file.close();
    expect(await run(model)).toEqual([21, 42]);
  });

  it.each([
    [['w.bin', 'gone.bin'], '"gone.bin", which is not in'],
    [['gone.bin', 'lost/v.bin'], '"gone.bin", "lost/v.bin", which are not in'],
    [['w.bin', 'dangling.bin'], '"dangling.bin", which is not in'],
  ] as const)('is model-missing without %j, with their names', async (locations, message) => {
    const place = join(folder, locations.join('-').replaceAll('/', '-'));
    await write(join(place, 'w.bin'), bytes(w));
    await symlink('nowhere', join(place, 'dangling.bin'));
    const model = await write(join(place, 'm.onnx'), twoWeights(locations));
    await expect(run(model, true)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining(message) as string,
    });
  });

  it.each(['../outside.bin', join('/', 'outside.bin')])('is path-outside with the name %s', async (location) => {
    await write(join(folder, 'outside.bin'), bytes(w));
    const model = await write(join(folder, 'leaving', 'm.onnx'), twoWeights([location, location]));
    await expect(run(model, true)).rejects.toMatchObject({ code: 'path-outside' });
  });

  it('says what is wrong with a file that is too short', async () => {
    const place = join(folder, 'short');
    await write(join(place, 'w.bin'), bytes(w).subarray(0, 3));
    const model = await write(join(place, 'm.onnx'), twoWeights(['w.bin', 'w.bin']));
    await expect(run(model)).rejects.toMatchObject({ code: 'model-invalid' });
  });
});

it.each([
  ['text', 'hello'],
  ['nothing', ''],
])('a file of %s is said to be no model, whatever other models beside it are', async (name, content) => {
  const place = join(folder, `no-model-${name}`);
  await write(
    join(place, 'other.onnx'),
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n'),
  );
  const model = await write(join(place, 'm.onnx'), Buffer.from(content));
  await expect(run(model)).rejects.toThrow(
    `load: "${model}" cannot be read: it is not an ONNX model, or only a part of one; export it, copy it or download it again`,
  );
});

describe("a model in Hugging Face's cache, where files are links to blobs", () => {
  let model: string;
  beforeAll(async () => {
    const place = join(folder, 'models--own--toy');
    const snapshot = join(place, 'snapshots', '1f0c');
    await write(join(place, 'blobs', 'aaaa'), twoWeights(['m.onnx_data', 'onnx/m.onnx_data']));
    await write(join(place, 'blobs', 'bbbb'), bytes(w));
    await write(join(place, 'blobs', 'cccc'), bytes(v));
    await mkdir(join(snapshot, 'onnx'), { recursive: true });
    model = join(snapshot, 'm.onnx');
    await symlink('../../blobs/aaaa', model);
    await symlink('../../blobs/bbbb', join(snapshot, 'm.onnx_data'));
    await symlink('../../../blobs/cccc', join(snapshot, 'onnx', 'm.onnx_data'));
  });

  it('runs where links may be followed', async () => {
    expect(await run(model, true)).toEqual([311, 422]);
  });

  it('runs with a model that is a copy, whose weights are links', async () => {
    const copy = await write(join(dirname(model), 'copy.onnx'), twoWeights(['m.onnx_data', 'onnx/m.onnx_data']));
    expect(await run(copy, true)).toEqual([311, 422]);
    await expect(run(copy)).rejects.toMatchObject({
      code: 'path-outside',
      message: expect.stringContaining('are links, or behind one, that lead out of its folder') as string,
    });
  });

  it('runs with weights behind links to several folders, as DVC has them', async () => {
    const place = join(folder, 'dvc');
    await write(join(place, 'cache/ab/1'), bytes(w));
    await write(join(place, 'cache/cd/2'), bytes(v));
    const linked = await write(join(place, 'work/m.onnx'), twoWeights(['w.bin', 'v.bin']));
    await symlink('../cache/ab/1', join(place, 'work/w.bin'));
    await symlink('../cache/cd/2', join(place, 'work/v.bin'));
    expect(await run(linked, true)).toEqual([311, 422]);
  });
});
