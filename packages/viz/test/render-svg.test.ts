import { Box2d, Detections, Mask } from '@qualm/types';
import { describe, expect, test } from 'vitest';
import { box, detections, fullView, layout, mask, polygon, renderSvg, text } from '../src/svg.ts';

const size = { width: 200, height: 120 };
const hole = Uint8Array.from({ length: 25 }, (_, index) => (index === 12 ? 0 : 1));

describe('renderSvg', () => {
  test('draws every kind of layer as in the golden picture', async () => {
    const layers = [
      box(new Box2d(10, 20, 90, 100), { color: 'gold', strokeWidth: 3, label: 'cat 0.51\nsure? no' }),
      box(new Box2d(0.5, 0.5, 0.9, 0.9, 'relative'), { dash: [4, 2], opacity: 0.5 }),
      mask(Mask.fromBitmap(hole, { width: 5, height: 5 }), { color: '#0072b2', fillOpacity: 0.6, strokeWidth: 1 }),
      polygon(
        [
          [100, 10],
          [190, 10],
          [150, 60],
        ],
        { color: 'tomato' },
      ),
      text('naïve\nλόγος', [195, 115], { anchor: 'bottom-right', background: 'rgb(0, 0, 0)', backgroundOpacity: 0.5 }),
    ];
    await expect(renderSvg(size, layers, { href: 'cat.jpg?a=1&b="2"' })).toMatchFileSnapshot('golden/layers.svg');
  });

  test('paints fills from large to small, then strokes, then labels', () => {
    const small = box(new Box2d(20, 20, 40, 40), { fillOpacity: 0.5, label: 'small' });
    const large = box(new Box2d(0, 0, 100, 100), { fillOpacity: 0.5, label: 'large' });
    const svg = renderSvg(size, [small, large]);
    const order = ['h100v100h-100', 'h20v20h-20', 'stroke=', '<text'].map((part) => svg.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(svg.lastIndexOf('stroke=')).toBeLessThan(svg.indexOf('<text'));
  });

  test('strokes go inwards', () => {
    const [stroke] = layout(box(new Box2d(10, 10, 50, 40), { strokeWidth: 4 }), fullView(size)).strokes;
    expect(stroke).toMatchObject({ path: 'M12 12h36v26h-36z', width: 4, clip: false });
  });

  test.each([
    ['<script>alert(1)</script>'],
    ['"quotes" & \'more\''],
    ['\u0000\u0007\u001b[31mred'],
    ['\u202Egnp.exe'],
    ['😀 👨‍👩‍👧 日本'],
    ['x'.repeat(10_000)],
    ['line\n'.repeat(2_000)],
  ])('holds the label %j as harmless text inside the picture', (label) => {
    const list = layout(box(new Box2d(150, 90, 200, 120), { label }), fullView(size));
    const svg = renderSvg(size, box(new Box2d(150, 90, 200, 120), { label }));
    expect(list.labels.every((l) => l.x >= 0 && l.y >= 0 && l.x + l.width <= 200 && l.y + l.height <= 120)).toBe(true);
    expect(svg).not.toMatch(/<script|\p{Cc}(?<!\n)|\u202E/u);
    expect(svg.length).toBeLessThan(3000);
  });

  test.each([
    ['a NaN', { xmin: NaN, ymin: 0, xmax: 10, ymax: 10 }],
    ['turned corners', { xmin: 10, ymin: 0, xmax: 5, ymax: 10 }],
    ['no part of the image', new Box2d(300, 10, 400, 20)],
  ])('leaves out a box with %s, and its tag', (_, wrong) => {
    const { fills, strokes, labels } = layout(box(wrong, { fillOpacity: 1, label: 'x' }), fullView(size));
    expect([...fills, ...strokes, ...labels]).toEqual([]);
  });

  test('clips a box to the image, and draws one without area as wide as its stroke', () => {
    const pathOf = (wide: Box2d) => layout(box(wide, { strokeWidth: 2 }), fullView(size)).strokes[0]!.path;
    expect(pathOf(new Box2d(150, 10, 900, 50))).toBe('M151 11h48v38h-48z');
    expect(pathOf(new Box2d(50, 50, 50, 50))).toBe('M49.5 49.5h1v1h-1z');
  });

  test('leaves out rings of two points or with a NaN, and empty masks', () => {
    const layers = [
      polygon([
        [0, 0],
        [5, 5],
      ]),
      polygon([
        [0, 0],
        [NaN, 5],
        [3, 3],
      ]),
      mask(Mask.fromRle([25], { width: 5, height: 5 })),
    ];
    expect(layout(layers, fullView(size)).fills).toEqual([]);
  });

  test('no layers give an empty picture', () => {
    expect(renderSvg({ width: 2, height: 1 }, [])).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1" viewBox="0 0 2 1">\n</svg>',
    );
  });

  test('1,203 classes have 1,203 tags', () => {
    const boxes = Float32Array.from({ length: 1203 * 4 }, (_, index) => (index % 4 < 2 ? 10 : 90));
    const rows = new Detections(
      boxes,
      new Float32Array(1203).fill(0.5),
      Int32Array.from({ length: 1203 }, (_, id) => id),
    );
    expect(layout(detections(rows), fullView(size)).labels).toHaveLength(1203);
  });
});
