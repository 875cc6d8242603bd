import { describe, expect, it } from 'vitest';
import { createReport } from '../src/index.ts';
import type { ReportOptions, ReportVectors } from '../src/index.ts';

const cells = ['a', 'b', 'c'].map((id) => ({ id, image: `${id}.jpg`, values: [0.5] }));
const options: ReportOptions = { labels: [], strategies: [{ name: 'margin', order: 'ascending' }] };
const vectors: ReportVectors = {
  ...{ words: 'colours', dimensions: 2, step: 0.01, near: 0.1 },
  numbers: Int8Array.of(1, 2, -128, 0, -1, 127),
};

function dataOf(html: string): { readonly id: string; readonly vectors?: Record<string, unknown> } {
  const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)!;
  return JSON.parse(json!) as ReturnType<typeof dataOf>;
}

describe('createReport(cells, { vectors })', () => {
  it('holds them as base64, and the places of a map', () => {
    const places = Uint16Array.of(0, 1, 256, 2, 65_535, 3);
    const data = dataOf(createReport(cells, { ...options, vectors: { ...vectors, places, placedBy: 'UMAP' } }));
    const bytes = (name: string): Buffer => Buffer.from(data.vectors![name] as string, 'base64');
    expect(new Int8Array(bytes('numbers'))).toEqual(vectors.numbers);
    expect([...bytes('places')]).toEqual([0, 0, 1, 0, 0, 1, 2, 0, 255, 255, 3, 0]);
    expect(data.vectors).toMatchObject({ words: 'colours', dimensions: 2, step: 0.01, near: 0.1, placedBy: 'UMAP' });
  });

  it('takes them from a function, and the id of the report is the same with and without', () => {
    const plain = dataOf(createReport(cells, options));
    const made = dataOf(createReport(cells, { ...options, vectors: () => vectors }));
    expect(plain).not.toHaveProperty('vectors');
    expect(made.vectors).toMatchObject({ dimensions: 2 });
    expect(made.id).toBe(plain.id);
    expect(dataOf(createReport(cells, { ...options, vectors: () => null }))).not.toHaveProperty('vectors');
    expect(dataOf(createReport(cells, { ...options, vectors: null }))).not.toHaveProperty('vectors');
  });

  it.each<[string, unknown, string]>([
    ['too few numbers', { ...vectors, numbers: new Int8Array(4) }, 'came with 4 numbers for 3 cells'],
    [
      'numbers of another kind',
      { ...vectors, numbers: [1, 2] },
      'numbers of vectors is an array of 2; expected an Int8',
    ],
    ['no step', { ...vectors, step: 0 }, 'have the step 0'],
    ['places of other cells', { ...vectors, places: new Uint16Array(2) }, '2 numbers of places for 3 cells'],
    ['a text', 'clip.parquet', 'vectors is "clip.parquet"'],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => createReport(cells, { ...options, vectors: wrong as ReportVectors })).toThrow(message);
  });
});
