import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Box2d, Image, shortestFloat32 } from '@qualm/types';
import { formatCsv } from '../../src/tables/format-csv.ts';
import { writeCsv } from '../../src/tables/write-csv.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const csv = (...args: Parameters<typeof formatCsv>): string => [...formatCsv(...args)].join('');

it('formatCsv(columns) quotes as RFC 4180 asks', () => {
  expect(csv({ 'a,b': ['x,y', 'say "hi"'], n: [1.5, null], t: ['line\nbreak', ' '] })).toBe(
    '"a,b",n,t\r\n"x,y",1.5,"line\nbreak"\r\n"say ""hi""",, \r\n',
  );
});

it('formatCsv(columns) spreads boxes over four columns and writes short float32', () => {
  const box = [null, new Box2d(Math.fround(0.1), 2, 3.25, 4)];
  expect(csv({ box, truth: box, score: Float32Array.of(0.3, 0.25) })).toBe(
    'xmin,ymin,xmax,ymax,truth_xmin,truth_ymin,truth_xmax,truth_ymax,score\r\n' +
      ',,,,,,,,0.3\r\n0.1,2,3.25,4,0.1,2,3.25,4,0.25\r\n',
  );
});

it('formatCsv(columns) writes lists as JSON and images as URIs', () => {
  expect(csv({ s: [Float32Array.of(0.1, 0.2)], l: [['a']], i: [Image.fromUri('file:///a.jpg')], b: [true] })).toBe(
    's,l,i,b\r\n"[0.1,0.2]","[""a""]",file:///a.jpg,true\r\n',
  );
});

it('formatCsv(columns) disarms formulas in text and names alone, unless escapeFormulas is false', () => {
  const texts = ['=1+1', '+1-1', '-1 or', '@x', '\tx', '\nx', '＝1', '-1.5', '+7', 'a=b'];
  const columns = { '=t': texts, n: texts.map((_, at) => -at) };
  const written = ["'=1+1", "'+1-1", "'-1 or", "'@x", "'\tx", '"\'\nx"', "'＝1", '-1.5', '+7', 'a=b'];
  expect(csv(columns)).toBe(["'=t,n", ...written.map((text, at) => `${text},${-at}`), ''].join('\r\n'));
  expect(csv(columns, { escapeFormulas: false })).toContain('=t,n\r\n=1+1,0\r\n');
});

it('formatCsv({ types }) spreads boxes over four columns where there are none', () => {
  const types = { box: 'box' } as const;
  expect(csv({ box: [], n: [] }, { types })).toBe('xmin,ymin,xmax,ymax,n\r\n');
  expect(csv({ box: [null], n: [1] }, { types })).toBe('xmin,ymin,xmax,ymax,n\r\n,,,,1\r\n');
});

it('formatCsv refuses two columns of one name', () => {
  expect(() => csv({ box: [new Box2d(0, 0, 1, 1)], xmin: [1] })).toThrow(/two columns "xmin"/);
});

it('shortestFloat32(x) reads back as x, and no longer than it has to be', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (x) => {
      const short = shortestFloat32(x);
      expect(Math.fround(short)).toBe(x);
      expect(String(short).length).toBeLessThanOrEqual(String(x).length);
    }),
  );
  expect([Math.fround(0.1), Math.fround(1 / 3), 0.1, NaN].map(shortestFloat32)).toEqual([0.1, 0.33333334, 0.1, NaN]);
});

it('writeCsv(path, columns) leaves nothing behind when it fails', async () => {
  const folder = await temporaryFolder();
  await writeCsv(join(folder, 'a.csv'), { a: [1, 2] });
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('a\r\n1\r\n2\r\n');
  await expect(writeCsv(join(folder, 'b.csv'), { a: [1], b: [] })).rejects.toThrow(RangeError);
  expect(await readdir(folder)).toEqual(['a.csv']);
});

it('formatCsv(columns) leaves the cell of what has no number empty', () => {
  expect([...formatCsv({ id: ['a', 'b'], margin: Float64Array.of(NaN, 0.5) })].join('')).toBe(
    'id,margin\r\na,\r\nb,0.5\r\n',
  );
});
