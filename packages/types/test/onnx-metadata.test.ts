import { expect, it } from 'vitest';
import { onnxMetadata } from '../src/onnx-files.ts';
import { externalTensor, field, graphWithTensor } from './external-tensor.ts';

const graph = graphWithTensor(externalTensor('w.bin'));

const entry = (key: string, value: string): Buffer => field(14, Buffer.concat([field(1, key), field(2, value)]));

it('onnxMetadata reads the entries of metadata_props', () => {
  const model = Buffer.concat([graph, entry('names', "{0: 'cat'}"), entry('empty', ''), entry('é', '1')]);
  expect(onnxMetadata(model)).toEqual({ names: "{0: 'cat'}", empty: '', é: '1' });
});

it('onnxMetadata is empty for a model without, and for a file that is not ONNX', () => {
  expect(onnxMetadata(graph)).toEqual({});
  expect(onnxMetadata(Buffer.from('this is not a model'))).toEqual({});
  expect(onnxMetadata(Buffer.alloc(1000, 0xff))).toEqual({});
});
