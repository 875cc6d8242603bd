import { Box2d, boxesFromRows, ClassScores, Detections, Mask } from '@qualm/types';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  box,
  cocoSkeleton,
  compose,
  confidenceBar,
  detections,
  difference,
  fullView,
  heatmap,
  keypoints,
  layout,
  renderSvg,
  rotatedBox,
  style,
  valueColor,
} from '../src/svg.ts';
import type { Point } from '../src/svg.ts';

const size = { width: 200, height: 120 };
const view = fullView(size);
const hostile = '<script>"\u202E';

/** Somebody who walks to the right. */
const person: readonly (Point | null)[] = (
  [
    [60, 14],
    [64, 11],
    null,
    [57, 12],
    null,
    [52, 30],
    [62, 31],
    [42, 48],
    [72, 46],
    [36, 62],
    [84, 50],
    [52, 64],
    [60, 64],
    [42, 86],
    [70, 84],
    [32, 108],
    [78, 110],
  ] as const
).map((point) => point && [point[0], point[1]]);

test('turned boxes, bars, joints, heat and differences are drawn as in the golden picture', async () => {
  const heat = Float64Array.from({ length: 48 }, (_, at) => (at === 5 ? NaN : (at % 8) / 7));
  const layers = [
    heatmap(heat, { columns: 8, rows: 6 }, { fillOpacity: 0.4 }),
    rotatedBox({ cx: 150, cy: 35, width: 70, height: 24, angle: Math.PI / 8 }, { label: 'ship 0.81', color: 'gold' }),
    keypoints(person, { skeleton: cocoSkeleton, color: 'tomato', label: 'person' }),
    compose(
      box(new Box2d(110, 70, 160, 110), { color: '#56b4e9' }),
      confidenceBar(new Box2d(110, 70, 160, 110), 0.6, { color: '#56b4e9' }),
    ),
  ];
  await expect(renderSvg(size, layers)).toMatchFileSnapshot('golden/more-layers.svg');
  const labels = [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
  ];
  const truth = [
    { box: new Box2d(10, 10, 60, 60), label_id: 1 },
    { box: new Box2d(80, 10, 120, 60), label_id: 1 },
    { box: new Box2d(10, 70, 50, 110), label_id: 2 },
  ];
  const found = [
    { box: new Box2d(12, 11, 61, 60), label_id: 1, score: 0.9 },
    { box: new Box2d(81, 12, 119, 60), label_id: 2, score: 0.5 },
    { box: new Box2d(140, 70, 190, 110), label_id: 1, score: 0.3 },
  ];
  await expect(renderSvg(size, difference(truth, found, { labels }))).toMatchFileSnapshot('golden/difference.svg');
});

describe('rotatedBox(box, style)', () => {
  it('without a turn is where the box is, and turned by a quarter lies on its side', () => {
    const bounds = (angle: number): unknown => {
      const { rings } = rotatedBox({ cx: 50, cy: 40, width: 60, height: 20, angle });
      const [xs, ys] = [0, 1].map((axis) => rings[0]!.map((point) => Math.round(point[axis]!)));
      return [Math.min(...xs!), Math.min(...ys!), Math.max(...xs!), Math.max(...ys!)];
    };
    expect(bounds(0)).toEqual([20, 30, 80, 50]);
    expect(bounds(Math.PI / 2)).toEqual([40, 10, 60, 70]);
    expect(bounds(Math.PI)).toEqual([20, 30, 80, 50]);
  });

  it('turns clockwise: the right end goes down', () => {
    const [, right] = rotatedBox({ cx: 0, cy: 0, width: 10, height: 0, angle: 0.1 }).rings[0]!;
    expect(right![1]).toBeGreaterThan(0);
  });

  it.each([
    { cx: NaN, cy: 0, width: 1, height: 1, angle: 0 },
    { cx: 0, cy: 0, width: -1, height: 1, angle: 0 },
    { cx: 0, cy: 0, width: 1, height: 1, angle: Infinity },
    { cx: 900, cy: 900, width: 1, height: 1, angle: 0 },
  ])('%j draws nothing', (turned) => {
    const { fills, strokes, labels } = layout(rotatedBox(turned, { label: 'x' }), view);
    expect([fills, strokes, labels]).toEqual([[], [], []]);
  });
});

describe('keypoints(points, style)', () => {
  it('leaves out points that are missing or no numbers, and their lines', () => {
    const points: (Point | null)[] = [[10, 10], null, [NaN, 5], [30, 10]];
    const joined = keypoints(points, {
      skeleton: [
        [0, 1],
        [0, 2],
        [0, 3],
      ],
      strokeWidth: 2,
      radius: 3,
    });
    const { fills, strokes } = layout(joined, view);
    expect(fills.map(({ path }) => path.match(/M/g)?.length)).toEqual([2]);
    expect(strokes).toMatchObject([{ path: 'M10 10L30 10', width: 2, clip: false }]);
    expect(layout(keypoints([null, [NaN, 1]]), view).fills).toEqual([]);
  });

  it('refuses a skeleton that names what is not there', () => {
    expect(() => keypoints([[1, 1]], { skeleton: [[0, 1]] })).toThrow('names point 1 of 1');
    expect(() => keypoints(person, { skeleton: cocoSkeleton })).not.toThrow();
  });

  it('takes outer styles, and a tag', () => {
    const { fills, labels } = layout(
      style(keypoints([[50, 50]], { color: 'red', label: 'a' }), { color: '#00ff00' }),
      view,
    );
    expect(fills[0]!.color).toBe('#00ff00');
    expect(labels[0]!.plate!.color).toBe('#00ff00');
  });
});

describe('heatmap(values, { columns, rows })', () => {
  it('covers the picture once, but for NaN, whatever the sizes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer(),
        (columns, rows, seed) => {
          const values = Float64Array.from({ length: columns * rows }, (_, at) => Math.abs(Math.sin(seed + at)));
          const area = layout(heatmap(values, { columns, rows }), view).fills.reduce(
            (sum, { path }) => sum + areaOf(path),
            0,
          );
          expect(area).toBe(size.width * size.height);
        },
      ),
    );
    const half = layout(heatmap([NaN, 0.5], { columns: 2, rows: 1 }), view).fills;
    expect(half.map(({ path }) => path)).toEqual(['M100 0H200V120H100z']);
  });

  it('shows the part of it that a crop shows', () => {
    const crop = { image: size, region: { x: 100, y: 0, width: 100, height: 120 }, picture: { width: 50, height: 60 } };
    const { fills } = layout(heatmap([0, 1], { columns: 2, rows: 1 }), crop);
    expect(fills.map(({ path }) => path)).toEqual(['M0 0H50V60H0z']);
  });

  it('lies under boxes, takes ends for what is outside, and refuses what does not fit', () => {
    const { fills } = layout(
      [box(new Box2d(0, 0, 9, 9), { fillOpacity: 1 }), heatmap([-5, 5], { columns: 2, rows: 1 })],
      view,
    );
    const ends = [0.5 / 24, 23.5 / 24].map((value) => valueColor(value, { domain: [0, 1] }));
    expect(fills.map(({ color }) => color)).toEqual([...ends, '#e69f00']);
    expect(fills.at(-1)!.opacity).toBe(1);
    expect(() => layout(heatmap([1], { columns: 2, rows: 1 }), view)).toThrow('1 values for 2 x 1 cells');
  });
});

describe('confidenceBar(box, score)', () => {
  it('is as long as the score', () => {
    const right = (score: number): number[] =>
      layout(confidenceBar(new Box2d(0, 0, 100, 100), score), view).fills.map(({ path }) =>
        Number(/h([\d.]+)/.exec(path)![1]),
      );
    expect(right(0.25)).toEqual([84, 21]);
    expect(right(0)).toEqual([84]);
    expect(right(7)).toEqual([84, 84]);
    expect(right(NaN)).toEqual([]);
  });

  it('keeps the space of the box', () => {
    const { fills } = layout(confidenceBar(new Box2d(0, 0, 0.5, 1, 'relative'), 1), view);
    expect(fills[0]!.path).toContain('h84');
  });
});

describe('difference(first, second)', () => {
  const at = (x: number, label_id: number): { box: Box2d; label_id: number } => ({
    box: new Box2d(x, 0, x + 10, 10),
    label_id,
  });
  const tags = (...boxes: Parameters<typeof difference>): string[] =>
    layout(difference(...boxes), fullView({ width: 2000, height: 500 }))
      .labels.map(({ lines }) => lines[0]!.text)
      .sort();

  it('tells what was missed, what is new, and what has another name', () => {
    expect(tags([at(0, 1), at(100, 1), at(200, 1)], [at(1, 1), at(101, 2), at(300, 3)])).toEqual([
      '+ 3',
      '1 → 2',
      '− 1',
    ]);
    expect(tags([], [])).toEqual([]);
    expect(tags([at(0, 1)], [at(0, 1)])).toEqual([]);
  });

  it('takes detections, class scores and ground truth as well as rows', () => {
    const truth = [at(0, 1), at(100, 1)];
    const found = [
      { ...at(1, 1), score: 0.75 },
      { ...at(101, 2), score: 0.5 },
    ];
    const drawn = (...lists: Parameters<typeof difference>): unknown => layout(difference(...lists), view);
    const expected = drawn(truth, found);
    const flat = boxesFromRows(found);
    const arrays = [Float32Array.from(flat.boxes), Float32Array.of(0.75, 0.5), Int32Array.of(1, 2)] as const;
    expect(drawn(boxesFromRows(truth), flat)).toEqual(expected);
    expect(drawn(truth, new Detections(...arrays))).toEqual(expected);
    expect(drawn(truth, new ClassScores(...arrays, 1))).toEqual(expected);
  });

  it('pairs boxes off one to one, the greatest overlap first', () => {
    expect(tags([at(0, 1)], [at(2, 1), at(0, 1)])).toEqual(['+ 1']);
    expect(tags([at(0, 1)], [at(9, 1)])).toEqual(['+ 1', '− 1']);
    expect(tags([at(0, 1)], [at(9, 1)], { minIou: 0.01 })).toEqual([]);
  });

  it('a cat beside a dog (IoU 0.9) and a cat (IoU 0.6) is the same cat, and the dog is the one difference', () => {
    const [cat, dog] = [1, 2];
    const tall = (ymax: number, label_id: number): { box: Box2d; label_id: number } => ({
      box: new Box2d(0, 0, 10, ymax),
      label_id,
    });
    expect(tags([tall(10, cat)], [tall(9, dog), tall(6, cat)])).toEqual([`+ ${dog}`]);
  });

  it('is safe with names, and with invalid boxes', () => {
    const broken = { box: { xmin: NaN, ymin: 0, xmax: 1, ymax: 1 }, label_id: 1 };
    expect(tags([broken], [at(0, 1)])).toEqual(['+ 1']);
    const svg = renderSvg(size, difference([], [at(0, 1)], { labels: [{ id: 1, name: hostile }] }));
    expect(svg).not.toContain('<script');
    expect(() => difference([], [], { minIou: 2 })).toThrow('minIou is 2');
  });
});

/** Of rectangles as `heatCells` writes them. */
function areaOf(path: string): number {
  const cells = [...path.matchAll(/M(\d+) (\d+)H(\d+)V(\d+)H\1z/g)];
  return cells.reduce(
    (sum, [, x, y, right, bottom]) => sum + (Number(right) - Number(x)) * (Number(bottom) - Number(y)),
    0,
  );
}

test('detections draw masks, key points joined as COCO joins them, and turned boxes in the place of boxes', () => {
  const around = new Box2d(30, 10, 90, 112);
  const mask = Mask.fromPolygons([[40, 20, 80, 20, 80, 100, 40, 100]], size);
  const points = Float32Array.from(person.flatMap((point) => (point ? [point[0], point[1], 0.9] : [5, 5, 0.1])));
  const row = { box: around, score: 0.9, label_id: 0 };
  const list = layout(detections([{ ...row, mask, keypoints: points }]), view);
  expect(list.fills.map(({ area }) => area)).toEqual([40 * 80, 0]);
  const joined = cocoSkeleton.filter(([from, to]) => person[from] && person[to]);
  expect(list.strokes[0]!.path.split('M')).toHaveLength(joined.length + 1);

  const turned = { cx: 60, cy: 60, width: 50, height: 20, angle: 0.5 };
  const outlines = layout(detections([{ ...row, rotated_box: turned }]), view).strokes;
  expect(outlines.map(({ path }) => path)).toEqual(layout([rotatedBox(turned)], view).strokes.map(({ path }) => path));

  const few = layout(
    detections([{ ...row, keypoints: Float32Array.of(10, 10, NaN, 20, 20, 1) }], { skeleton: [[0, 1]] }),
    view,
  );
  expect(few.strokes[0]!.path.startsWith('M10 10L20 20')).toBe(true);
});
