import { Box2d } from '@qualm/types';
import { expect, test } from 'vitest';
import { box, compose, layout, fullView, mask, polygon, style, text } from '../src/index.ts';
import { Mask } from '@qualm/types';

const view = fullView({ width: 100, height: 100 });
const square = new Box2d(10, 10, 50, 50);
const colors = (layer: Parameters<typeof layout>[0], outer = {}) =>
  layout(layer, view, outer).strokes.map((s) => s.color);

test('style: what is further out wins, and render wins over all', () => {
  const red = box(square, { color: 'red' });
  expect(colors(red)).toEqual(['#ff0000']);
  expect(colors(style(red, { color: 'lime' }))).toEqual(['#00ff00']);
  expect(colors(style(compose(style(red, { color: 'lime' }), box(square)), { color: 'blue' }))).toEqual([
    '#0000ff',
    '#0000ff',
  ]);
  expect(colors(style(red, { color: 'lime' }), { color: 'white' })).toEqual(['#ffffff']);
  expect(colors(style(red, { strokeWidth: 4 }))).toEqual(['#ff0000']);
});

test('layers are frozen values', () => {
  const layers = [
    box(square),
    polygon([
      [1, 1],
      [5, 1],
      [3, 4],
    ]),
    text('a', [1, 1]),
    compose(box(square)),
  ];
  expect(layers.every(Object.isFrozen)).toBe(true);
});

test('a style that a layer does not know does not compile', () => {
  // @ts-expect-error unknown property
  box(square, { colour: 'red' });
  // @ts-expect-error text has no stroke width
  text('a', [0, 0], { strokeWidth: 2 });
  // @ts-expect-error a mask has no background
  mask(Mask.fromRle([1], { width: 1, height: 1 }), { background: 'red' });
  // @ts-expect-error no such anchor
  style(box(square), { labelAnchor: 'north' });
  // @ts-expect-error a width is a number
  polygon([[0, 0]], { strokeWidth: '2' });
  // @ts-expect-error unknown property
  style([box(square)], { fontsize: 3 });
  expect(true).toBe(true);
});

test.each([
  { opacity: 2 },
  { fillOpacity: -1 },
  { strokeWidth: NaN },
  { fontSize: 0 },
  { dash: [-1] },
  { color: 'nope' },
])('layout refuses the style %j', (wrong) => {
  expect(() => layout(box(square, wrong), view)).toThrow(RangeError);
});
