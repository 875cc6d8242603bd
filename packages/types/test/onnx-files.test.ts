import { describe, expect, it } from 'vitest';
import { onnxExternalFiles, renameOnnxFiles } from '../src/onnx-files.ts';
import { externalTensor, field, graphWithTensor } from './external-tensor.ts';

const tensor = externalTensor('weights/w.bin');
const attribute = (number: number, content: Uint8Array): Buffer => field(1, field(5, field(number, content)));
const model = (graph: Uint8Array): Buffer => field(7, graph);

const places: readonly (readonly [string, (tensor: Uint8Array) => Uint8Array])[] = [
  ['an initializer', (tensor) => graphWithTensor(tensor)],
  ['a sparse initializer', (tensor) => model(field(15, field(1, tensor)))],
  ["a sparse initializer's indices", (tensor) => model(field(15, field(2, tensor)))],
  ["a constant's attribute", (tensor) => model(attribute(5, tensor))],
  ['a list of tensors', (tensor) => model(attribute(10, tensor))],
  ['a sparse attribute', (tensor) => model(attribute(22, field(1, tensor)))],
  ["a loop's body", (tensor) => model(attribute(6, field(5, tensor)))],
  ['a body in a body', (tensor) => model(attribute(6, attribute(11, field(5, tensor))))],
  ['a function', (tensor) => field(25, field(7, field(5, field(5, tensor))))],
  ["a function's default", (tensor) => field(25, field(11, field(5, tensor)))],
  ['what training starts from', (tensor) => field(20, field(1, field(5, tensor)))],
];

describe('onnxExternalFiles names the file of', () => {
  it.each(places)('%s', (_, place) => {
    expect(onnxExternalFiles(place(tensor))).toEqual(['weights/w.bin']);
  });
});

describe('renameOnnxFiles gives another name to the file of', () => {
  const longer = `${'a'.repeat(300)}.bin`;
  it.each(places)('%s', (_, place) => {
    const names = new Map([['weights/w.bin', longer]]);
    expect(Buffer.from(renameOnnxFiles(place(tensor), names))).toEqual(Buffer.from(place(externalTensor(longer))));
  });

  it('nothing, where it knows no other', () => {
    const bytes = graphWithTensor(tensor);
    expect(renameOnnxFiles(bytes, new Map([['w.bin', 'b']]))).toBe(bytes);
    expect(() => renameOnnxFiles(Buffer.from('this is not a model'), new Map())).toThrow(RangeError);
  });
});

describe('onnxExternalFiles', () => {
  it('names each file once, in order', () => {
    const tensors = ['b.bin', 'a/c.bin', 'b.bin'].map((name) => field(5, externalTensor(name)));
    expect(onnxExternalFiles(model(Buffer.concat(tensors)))).toEqual(['a/c.bin', 'b.bin']);
  });

  it('is empty for a model that has all in itself, and for what is not a model', () => {
    expect(onnxExternalFiles(model(field(1, field(4, 'Relu'))))).toEqual([]);
    expect(onnxExternalFiles(Buffer.from('this is not a model'))).toEqual([]);
    expect(onnxExternalFiles(Buffer.alloc(1000, 0xff))).toEqual([]);
  });
});
