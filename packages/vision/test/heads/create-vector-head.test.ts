import { createTensor } from '@qualm/types';
import type { HeadSpec, OutputProblem, TensorMap } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createHead, createVectorHead } from '../../src/index.ts';

const size = { width: 32, height: 32 };
const geometry = { original: size, input: size, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
const data = Float32Array.from({ length: 24 }, (_, i) => i);

type Pool = 'mean' | 'max' | 'first' | 'none' | undefined;

function specOf(pool: Pool, layout: 'nchw' | 'nhwc' = 'nchw'): Parameters<typeof createVectorHead>[0] {
  const head: HeadSpec = { type: 'embedding', outputs: { embedding: 'y' }, ...(pool && { pool }) };
  return { head, input: { size, layout, dtype: 'float32', channels: 'rgb', resize: { mode: 'stretch' } } };
}

function read(shape: readonly number[], pool: Pool, layout?: 'nchw' | 'nhwc'): number[][] {
  const outputs: TensorMap = { y: createTensor('float32', [...shape], data) };
  const geometries = Array.from({ length: shape[0]! }, () => geometry);
  return createVectorHead(specOf(pool, layout))
    .decode(outputs, geometries)
    .map((vector) => [...vector]);
}

describe('createVectorHead(spec).decode', () => {
  it('reads vectors, tokens, and maps of either layout', () => {
    expect(read([2, 12], undefined)[1]).toEqual([12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]);
    expect(read([2, 4, 3], 'first')).toEqual([
      [0, 1, 2],
      [12, 13, 14],
    ]);
    expect(read([2, 4, 3], 'mean')[0]).toEqual([4.5, 5.5, 6.5]);
    expect(read([2, 2, 2, 3], 'max', 'nhwc')[1]).toEqual([21, 22, 23]);
    expect(read([2, 3, 2, 2], 'max')[1]).toEqual([15, 19, 23]);
    expect(read([1, 3, 2, 4], 'none')[0]).toEqual([...data]);
  });

  it('takes a map of one position for a vector, and no other without being told how', () => {
    expect(read([2, 12, 1, 1], undefined)[0]).toHaveLength(12);
    expect(() => read([2, 3, 2, 2], undefined)).toThrow(
      'output "y" is [2,3,2,2], 3 numbers at each of 4 positions, expected [n, channels]; say how they become one vector',
    );
    expect(() => read([2, 1, 12], undefined)).toThrow('12 numbers at each of 1 positions');
    expect(() => read([24], undefined)).toThrow('output "y" is [24], expected [n,channels]');
  });

  it('reads float16', () => {
    const outputs = { y: { dtype: 'float16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) } } as const;
    expect([...createVectorHead(specOf(undefined)).decode(outputs, [geometry])[0]!]).toEqual([1, -2]);
  });

  it('reports numbers that are none, how many and of which output', () => {
    const problems: OutputProblem[] = [];
    const outputs = { y: createTensor('float32', [1, 3], Float32Array.of(1, NaN, Infinity)) };
    createVectorHead(specOf(undefined)).decode(outputs, [geometry], (_, problem) => problems.push(problem));
    const message = 'head embedding: 2 of the 3 numbers of output "y" are NaN or infinite';
    expect(problems).toEqual([{ message, isFatal: true, isOfSpec: false }]);
  });
});

describe('what makes no vectors', () => {
  it('createHead says what does', () => {
    expect(() => createHead({ ...specOf(undefined), labels: [] }, 'detections')).toThrow(
      'head embedding makes vectors, which have no boxes and no class scores; store them with qualm embed',
    );
  });

  it('createVectorHead names a head that does', () => {
    const head = { type: 'classifier', outputs: { scores: 'y' }, activation: 'softmax' };
    expect(() => createVectorHead({ ...specOf(undefined), head })).toThrow('expected one that makes vectors, such as');
  });
});
