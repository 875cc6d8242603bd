import { describe, expect, it } from 'vitest';
import { encodeMeanColour } from '@qualm/testkit';
import { onnxExternalFiles } from '../src/onnx-external-files.ts';
import { externalTensor, field, graphWithTensor } from './external-tensor.ts';

const tensor = externalTensor('weights/w.bin');
const attribute = (number: number, content: Uint8Array): Buffer => field(1, field(5, field(number, content)));
const model = (graph: Uint8Array): Buffer => field(7, graph);

describe('onnxExternalFiles names the file of', () => {
  it.each<[string, Uint8Array]>([
    ['an initializer', graphWithTensor(tensor)],
    ['a sparse initializer', model(field(15, field(1, tensor)))],
    ["a sparse initializer's indices", model(field(15, field(2, tensor)))],
    ["a constant's attribute", model(attribute(5, tensor))],
    ['a list of tensors', model(attribute(10, tensor))],
    ['a sparse attribute', model(attribute(22, field(1, tensor)))],
    ["a loop's body", model(attribute(6, field(5, tensor)))],
    ['a body in a body', model(attribute(6, attribute(11, field(5, tensor))))],
    ['a function', field(25, field(7, field(5, field(5, tensor))))],
    ["a function's default", field(25, field(11, field(5, tensor)))],
    ['what training starts from', field(20, field(1, field(5, tensor)))],
  ])('%s', (_, bytes) => {
    expect(onnxExternalFiles(bytes)).toEqual(['weights/w.bin']);
  });
});

describe('onnxExternalFiles', () => {
  it('names each file once, in order', () => {
    const tensors = ['b.bin', 'a/c.bin', 'b.bin'].map((name) => field(5, externalTensor(name)));
    expect(onnxExternalFiles(model(Buffer.concat(tensors)))).toEqual(['a/c.bin', 'b.bin']);
  });

  it('is empty for a model that has all in itself, and for what is not a model', () => {
    expect(onnxExternalFiles(encodeMeanColour())).toEqual([]);
    expect(onnxExternalFiles(Buffer.from('this is not a model'))).toEqual([]);
    expect(onnxExternalFiles(Buffer.alloc(1000, 0xff))).toEqual([]);
  });
});
