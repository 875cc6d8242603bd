import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toModelSpec } from '@qualm/types/to-model-spec';
import { heads } from '@qualm/vision/heads';
import { readModelSpec } from '../src/read-model-spec.ts';
import { readSpec } from '../src/read-spec.ts';
import { toySpec } from './toy-model.ts';

async function messageFor(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'qualm-spec-')), name);
  await writeFile(path, content);
  const error: unknown = await readModelSpec(path).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'spec-invalid', message: expect.stringContaining(name) as string });
  return (error as Error).message;
}

it('readModelSpec of an ONNX file says how to write a spec, with one to begin with that is valid', async () => {
  const message = await messageFor('best.onnx', Uint8Array.of(8, 8, 0x12, 7, 0x70));
  expect(message).toContain('is an ONNX model; expected a model spec');
  expect(message).toContain('Write one beside it, say best.spec.json');
  const folder = await mkdtemp(join(tmpdir(), 'qualm-spec-'));
  const path = join(folder, 'best.spec.json');
  await writeFile(path, message.slice(message.indexOf('{\n')));
  await writeFile(join(folder, 'data.yaml'), 'names: [cat]\n');
  const spec = await readSpec(path, { heads });
  expect(spec).toMatchObject({ name: 'best', flavor: 'onnx', files: { model: 'best.onnx' } });
  expect(spec.labels).toEqual([{ id: 0, name: 'cat' }]);
});

it('readModelSpec of a model.json of TensorFlow.js says the same', async () => {
  const message = await messageFor('model.json', '{"format": "graph-model", "modelTopology": {}}');
  const written = JSON.parse(message.slice(message.indexOf('{\n'))) as object;
  const spec = toModelSpec({ ...written, labels: 'coco-80' }, 'the message');
  expect(spec).toMatchObject({ flavor: 'tfjs', files: { model: 'model.json' }, input: { layout: 'nhwc' } });
});

it.each([
  ['best.pt', Uint8Array.of(0x80, 2, 0x8a, 0x0a), 'is a PyTorch file', 'yolo export model=best.pt format=onnx'],
  ['model.h5', Buffer.from('\x89HDF\r\n\x1a\n', 'latin1'), 'is a Keras model', 'tensorflowjs_converter'],
  ['model.tflite', Buffer.from('\x1c\0\0\0TFL3', 'latin1'), 'is a TensorFlow Lite model', 'tf2onnx'],
  ['spec.json', 'version https://git-lfs.github.com/spec/v1\n', 'is a Git LFS pointer', 'run git lfs pull'],
  ['spec.json', '<!doctype html>', 'is a web page', 'the address of the file itself'],
  ['spec.json', '', 'is not valid JSON', ''],
])('readModelSpec(%s) says what it is and what to do', async (name, content, what, advice) => {
  const message = await messageFor(name, content);
  expect(message).toContain(what);
  expect(message).toContain(advice);
});

it('readModelSpec of a folder names its specs, or a SavedModel', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-spec-'));
  await writeFile(join(folder, 'yolo.json'), '{}');
  await expect(readModelSpec(folder)).rejects.toThrow(
    'is a folder; expected a model spec; give one of its files: yolo.json',
  );
  const saved = join(folder, 'saved_model');
  await mkdir(saved);
  await writeFile(join(saved, 'saved_model.pb'), Uint8Array.of(8, 1));
  await expect(readModelSpec(saved)).rejects.toThrow('is a TensorFlow SavedModel; expected a model spec; convert it');
});

it.each([
  [
    '/home/ann/best.onnx',
    'files.model is the absolute path "/home/ann/best.onnx", expected a path relative to the folder',
  ],
  ['C:\\\\best.onnx', 'files.model is the absolute path'],
  ['https://example.org/best.onnx', 'files.model is the address "https://example.org/best.onnx"'],
  ['../best.onnx', 'expected a path relative to the folder of the spec'],
])('a spec whose files.model is %s says what is wanted', async (model, words) => {
  const spec = JSON.stringify({ ...toySpec, files: { model } });
  expect(await messageFor('spec.json', spec)).toContain(words);
});
