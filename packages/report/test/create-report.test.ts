import { createHash } from 'node:crypto';
import { ClassScores } from '@qualm/types';
import { describe, expect, it } from 'vitest';
import { createReport } from '../src/index.ts';
import type { ReportData } from '../src/report-data.ts';
import { cell, options } from './cells.ts';

const hostile = '</script><script>alert(1)</script><!--\u2028\u202Egnp.exe "😀\'';

const box = { xmin: 0, ymin: 0, xmax: 1, ymax: 1 };
const large = new Uint8Array(257 * 2 ** 20);

function dataOf(html: string): ReportData {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]!) as ReportData;
}

describe('createReport(cells, options)', () => {
  it('is one document whose policy lets nothing run but its own script and style', () => {
    const html = createReport([cell('a')], options);
    const policy = /content="(default-src[^"]+)"/.exec(html)![1]!;
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => [directive.split(' ')[0], directive.slice(directive.indexOf(' ') + 1)]),
    );
    expect(Object.keys(directives).sort()).toEqual(
      ['base-uri', 'default-src', 'form-action', 'img-src', 'script-src', 'style-src'].sort(),
    );
    expect(directives).toMatchObject({ 'default-src': "'none'", 'img-src': 'data:', 'base-uri': "'none'" });
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, script] = /<\/script>\n<script>(.*)<\/script>\n<\/body>/s.exec(html)!;
    const [, style] = /<style>(.*)<\/style>/s.exec(html)!;
    expect(directives['script-src']).toBe(hash(script!));
    expect(directives['style-src']).toBe(hash(style!));
    expect(html).not.toMatch(/(src|href)="?https?:/);
  });

  it('holds whatever names there are as text', () => {
    const evil = cell(hostile, { image: hostile, label: 0 });
    const html = createReport([evil], { ...options, title: hostile, labels: [hostile, 'b', 'c'] });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
    expect(dataOf(html)).toMatchObject({ title: hostile, labels: [hostile, 'b', 'c'] });
    expect(dataOf(html).cells).toMatchObject({ id: [hostile], image: [hostile] });
  });

  it('has the boxes of a layer as `Boxes`, each with its best class and the next ones', () => {
    const boxes = Float32Array.of(10, 20, 30, 40, 1, 2, 3, 4);
    const found = new ClassScores(boxes, Float32Array.of(0.5, 0.25, 0.75, 0.125), Int32Array.of(2, 1, 0, 1), 2);
    const drawn = { boxes, labelIds: [1, -1], layer: 1 };
    const layers = ['model', 'people'];
    const { cells } = dataOf(createReport([cell('a', { boxes: [found, drawn] })], { ...options, layers }));
    expect(cells.boxes).toEqual([
      [
        ...[0, 2, 0.5, 10, 20, 30, 40, 0, 0, 0, 0.75, 1, 2, 3, 4, 1],
        ...[1, 1, -1, 10, 20, 30, 40, 0, 1, -1, -1, 1, 2, 3, 4, 1],
      ],
    ]);
    expect(cells.rivals).toEqual(['1 0.25|1 0.125||']);
    const wrong = [cell('a', { boxes: [{ boxes, labelIds: [9, 0] }] })];
    expect(() => createReport(wrong, options)).toThrow('class 9 is invalid');
  });

  it('has boxes in pixels of the image with layer, class and score, without the invalid ones', () => {
    const boxes = [
      { xmin: 10.04, ymin: 5, xmax: 30, ymax: 15 },
      { xmin: -10, ymin: -5, xmax: 80, ymax: 40, layer: 1, label: 2, score: 0.123456 },
      { xmin: NaN, ymin: 0, xmax: 1, ymax: 1 },
      { xmin: 9, ymin: 0, xmax: 1, ymax: 1 },
      { xmin: -Infinity, ymin: 0, xmax: Infinity, ymax: 1 },
    ];
    const { cells, layers } = dataOf(createReport([cell('a', { boxes })], { ...options, layers: ['model', 'people'] }));
    expect(cells.boxes).toEqual([
      [0, -1, -1, 10, 5, 30, 15, -1, 1, 2, 0.1235, -10, -5, 80, 40, -1, 0, -1, -1, -1e9, 0, 1e9, 1, -1],
    ]);
    expect(layers).toEqual(['model', 'people']);
  });

  it('keeps cells without a picture, a size, a class or a number', () => {
    const bare = { id: 'a', image: 'a.jpg', values: [NaN, Infinity] };
    expect(dataOf(createReport([bare], options)).cells).toEqual({
      ...{
        id: ['a'],
        imageId: [null],
        image: ['a.jpg'],
        src: [null],
        width: [0],
        height: [0],
        region: [null],
        boxes: [[]],
      },
      ...{ values: [[null], [null]], otherValues: [], columns: [], folders: [] },
      deciding: [{ box: [-1], label: [-1], second: [-1], score: [null], secondScore: [null], value: [null] }],
    });
    expect(dataOf(createReport([], options)).cells.id).toEqual([]);
  });

  it('has an id that the same cells give again, and others do not', () => {
    const id = (...cells: ReturnType<typeof cell>[]): string => dataOf(createReport(cells, options)).id;
    expect(id(cell('a'))).toBe(id(cell('a')));
    expect(id(cell('a'))).not.toBe(id(cell('b')));
  });

  it('orders classes so that those which are confused stand together, of 1,203 the fourteen that most are torn between', () => {
    const labels = Array.from({ length: 1203 }, (_, index) => `class ${index}`);
    const cells = Array.from({ length: 60 }, (_, index) =>
      cell(String(index), { label: 40 * (index % 20), second: 40 * ((index + 10) % 20) }),
    );
    const { pairOrder } = dataOf(createReport(cells, { ...options, labels }));
    expect(pairOrder).toHaveLength(14);
    const at = pairOrder.indexOf(0);
    expect([pairOrder[at - 1], pairOrder[at + 1]]).toContain(400);
  });

  it('has charts for light and for dark pages', () => {
    const chart = { light: '<svg>light</svg>', dark: '<svg>dark</svg>', words: 'a chart' };
    const [drawn] = dataOf(createReport([], { ...options, charts: [chart] })).charts;
    expect(Buffer.from(drawn!.dark.split(',')[1]!, 'base64').toString()).toBe('<svg>dark</svg>');
  });

  it.each([
    ['an id twice', [cell('a'), cell('a')], 'cell "a" appears twice'],
    ['an invalid class', [cell('a', { label: 3 })], 'class 3 is invalid; expected a place in labels, 0 to 2'],
    ['another number of values', [cell('a', { values: [1] })], 'has 1 values for 2 strategies'],
    ['an image without size', [cell('a', { width: 0, height: 1 })], 'its image is 0 x 1 pixels'],
    ['a region without size', [cell('a', { region: { x: 0, y: 0, width: 1, height: NaN } })], 'its region is 1 x NaN'],
    ['a box of an invalid class', [cell('a', { boxes: [{ ...box, label: 7 }] })], 'class 7 is invalid'],
    [
      'a rival that is no class',
      [cell('a', { boxes: [{ ...box, rivals: [{ label: -1, score: 0.1 }] }] })],
      'class -1 is invalid',
    ],
    [
      'a box with a number for one strategy of two',
      [cell('a', { boxes: [{ ...box, values: [1] }] })],
      'a box has 1 values for 2 strategies',
    ],
    [
      'a box of an invalid layer',
      [cell('a', { boxes: [{ ...box, layer: 1 }] })],
      'layer 1 is invalid; expected a place in layers, 0 to 0',
    ],
    [
      'pictures that no file can hold',
      [cell('a', { thumbnail: { bytes: large, type: 'image/png' } })],
      'write a folder',
    ],
  ])('refuses %s', (_, cells, words) => expect(() => createReport(cells, options)).toThrow(words));

  it.each([[[]], [['a', 'b', 'c', 'd', 'e', 'f']]])('refuses %j for layers', (layers) => {
    expect(() => createReport([], { ...options, layers })).toThrow('expected 1 to 5');
  });

  it('has the classes after the best one without those that are nothing, and own numbers at five digits', () => {
    const scores = [0.123_456, 0.4, 0.000_01, NaN];
    const rivals = scores.map((score) => ({ label: 1, score }));
    const none = [{ label: 1, score: 0.000_01 }, rivals[2]!];
    const boxes = [
      { ...box, rivals, values: [0.123_456, NaN] },
      { ...box, rivals: none },
    ];
    const { cells, strategies } = dataOf(createReport([cell('a', { boxes })], options));
    expect(cells.rivals).toEqual(['1 0.1235 1 0.4|1 0']);
    expect(cells.boxValues).toEqual([[[0.12346, null], []]]);
    expect(strategies[0]).not.toHaveProperty('box');
  });

  it('knows what a strategy is of a single box', () => {
    const ofBox = { name: 'margin', order: 'ascending' } as const;
    const sum = { name: 'marginUncertainty', order: 'descending', box: ofBox } as const;
    expect(dataOf(createReport([], { ...options, strategies: [sum] })).strategies).toEqual([
      { ...sum, words: '1 - margin', box: { ...ofBox, words: 'margin' } },
    ]);
    const wrong = { ...sum, box: { name: 'margin' } as never };
    expect(() => createReport([], { ...options, strategies: [wrong] })).toThrow('a strategy');
  });

  it('refuses nothing to sort by', () => {
    expect(() => createReport([], { ...options, strategies: [] })).toThrow('no strategies');
  });
});
