import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeOnnxToys } from '@qualm/testkit';
import type { ToyModels } from '@qualm/testkit';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOnnxBackend } from '../src/index.ts';
import { neededLibraries } from '../src/worker/elf-libraries.ts';
import { binaryFolders, cudaWanted, knownMachines } from '../src/worker/runtime-package.ts';

const file = createRequire(import.meta.url).resolve('onnxruntime-node');
const machine = `${process.platform}/${process.arch}`;
const known = ort.listSupportedBackends().map(({ name }) => name);

let folder = '';
let toys: ToyModels;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qualm-devices-'));
  toys = await writeOnnxToys(folder, { repeats: 1 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('createOnnxBackend({ device }) of a device that the runtime does not have', () => {
  const absent = (['coreml', 'dml', 'tensorrt', 'cuda', 'webgpu'] as const).filter((name) => !known.includes(name));
  it.each(absent)('%s is backend-unavailable, with those that it has', async (device) => {
    const load = createOnnxBackend({ device }).load({ model: toys.affine });
    await expect(load).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(
        `device "${device}" cannot be used: .* for ${machine} has ${known.join(', ')}`,
      ) as string,
    });
  });

  it('a model that no device opens is model-invalid all the same', async () => {
    const model = path.join(folder, 'text.onnx');
    await writeFile(model, 'this is not a model');
    const load = createOnnxBackend({ device: 'webgpu' }).load({ model });
    await expect(load).rejects.toMatchObject({ code: 'model-invalid' });
  });
});

describe('backendOptions of a spec', () => {
  it('name the device, and those of the factory win', async () => {
    const files = { model: toys.affine, backendOptions: { device: 'coreml', deviceId: 1, coreMlFlags: 16 } };
    if (!known.includes('coreml'))
      await expect(createOnnxBackend().load(files)).rejects.toMatchObject({ code: 'backend-unavailable' });
    const model = await createOnnxBackend({ device: 'cpu', sessions: 1 }).load(files);
    expect(model.device).toBe('cpu');
    await model.dispose();
  });

  it.each([
    [{ device: 'gpu' }, 'backendOptions.device is "gpu", expected one of auto, cuda, tensorrt, webgpu'],
    [{ deviceId: -1 }, 'backendOptions.deviceId is -1, expected a whole number of 0 or more'],
    [{ coreMlFlags: 'all' }, 'backendOptions.coreMlFlags is "all", expected a whole number of 0 or more'],
  ])('%j is spec-invalid', async (backendOptions, message) => {
    const load = createOnnxBackend().load({ model: toys.affine, backendOptions });
    await expect(load).rejects.toMatchObject({
      code: 'spec-invalid',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('what the installed runtime holds', () => {
  it('is a binary for this machine, among others', () => {
    expect(knownMachines(file)).toContain(machine);
    expect(binaryFolders(file)[0]).toMatch(new RegExp(`${process.platform}.${process.arch}$`));
  });

  it.runIf(machine === 'linux/x64')('wants the CUDA that its install script fetches', () => {
    expect(cudaWanted(file)).toMatch(/^CUDA 1\d/);
  });

  it.runIf(process.platform === 'linux')('needs the libraries that the linker names', () => {
    for (const name of ['onnxruntime_binding.node', 'libonnxruntime.so.1']) {
      const library = path.join(binaryFolders(file)[0]!, name);
      const needed = neededLibraries(library);
      expect(needed).toContain('libc.so.6');
      const tool = readelf(library);
      if (tool) expect(needed).toEqual(tool);
    }
    expect(neededLibraries(toys.affine)).toEqual([]);
  });
});

/** What binutils says; null where they are not installed. */
function readelf(library: string): string[] | null {
  try {
    const text = execFileSync('readelf', ['-d', library], { encoding: 'utf8' });
    return Array.from(text.matchAll(/\(NEEDED\).*\[(.*)\]/g), ([, name]) => name!);
  } catch {
    return null;
  }
}
