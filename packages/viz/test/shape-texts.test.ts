import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { confusionMatrix } from '../src/charts.ts';
import { fontsFor, svgToPng } from '../src/index.ts';
import { linePainter, needsPainter } from '../src/line-painter.ts';
import { shapeTexts } from '../src/shape-texts.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/font/${name}`, import.meta.url));
/** A square of .8 em for a Thai letter, at the left of an advance of one em. */
const scripts = fixture('scripts.ttf');
/** 🐈 as a red square whose left half is blue. */
const colored = fixture('color-emoji.ttf');

const svgOf = (text: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" fill="currentColor" style="color:#0000ff;font-size: 20px">${text}</svg>`;

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a picture is inked, in pixels. */
async function inked(png: Uint8Array, isInk = (_red: number, _green: number, _blue: number) => true): Promise<Area> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const area = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! < 128 || !isInk(data[at]!, data[at + 1]!, data[at + 2]!)) continue;
    const [x, y] = [(at / 4) % info.width, Math.floor(at / 4 / info.width)];
    area.left = Math.min(area.left, x);
    area.top = Math.min(area.top, y);
    area.right = Math.max(area.right, x + 1);
    area.bottom = Math.max(area.bottom, y + 1);
  }
  return area;
}

it.each([
  ['dog', false],
  ['猫 Möwe', false],
  ['  ', false],
  ['กก', true],
  ['कुत्ता', true],
  ['قط', true],
  ['😀', true],
  ['\u{1F336}', true],
] as const)('needsPainter(%j) is %s', (text, needs) => {
  expect(needsPainter(text)).toBe(needs);
});

it('linePainter(fonts) says where a text begins, where its baseline is and how wide it is', async () => {
  const paint = await linePainter([scripts]);
  const { href, left, ascent, advance } = await paint('กก', { fontSize: 40, color: '#ff0000' });
  const area = await inked(Buffer.from(href.slice(href.indexOf(',') + 1), 'base64'), (red) => red > 200);
  expect(Math.abs(advance - 80)).toBeLessThanOrEqual(2);
  expect(Math.abs(area.left - left)).toBeLessThanOrEqual(2);
  expect(Math.abs(area.right - (left + 72))).toBeLessThanOrEqual(2);
  expect(Math.abs(area.bottom - ascent)).toBeLessThanOrEqual(1);
  expect(Math.abs(area.top - (ascent - 32))).toBeLessThanOrEqual(1);
});

// Squares of 16, of 20 each, on the baseline.
it.each([
  ['start', '<text x="20" y="100">กก</text>', { left: 20, right: 56, top: 84, bottom: 100 }],
  ['middle', '<text x="100" y="100" text-anchor="middle">กก</text>', { left: 80, right: 116, top: 84, bottom: 100 }],
  ['end', '<g text-anchor="end"><text x="100" y="100">กก</text></g>', { left: 60, right: 96, top: 84, bottom: 100 }],
  ['dx, dy', '<text x="20" y="100" dx="5" dy="0.5em">กก</text>', { left: 25, right: 61, top: 94, bottom: 110 }],
  ['font-size', '<text y="100" font-size="40">ก</text>', { left: 0, right: 32, top: 68, bottom: 100 }],
  [
    'transform',
    '<text transform="translate(100,50) rotate(90)">กก</text>',
    { left: 100, right: 116, top: 50, bottom: 86 },
  ],
] as const)('svgToPng draws such a text where its %s says, in its colour', async (_what, text, expected) => {
  const area = await inked(
    await svgToPng(svgOf(text), { fontFiles: [scripts], scale: 2 }),
    (red, _, blue) => red < 80 && blue > 200,
  );
  for (const [side, value] of Object.entries(expected))
    expect(Math.abs(area[side as keyof Area] / 2 - value), side).toBeLessThanOrEqual(1);
});

it('svgToPng draws emoji in the colours of a font that has them, which fontsFor takes', async () => {
  const { fontFiles, missing } = await fontsFor(['cat 🐈'], { fontFiles: [colored], folders: [] });
  expect(missing).toEqual([]);
  const png = await svgToPng(svgOf('<text x="20" y="100" fill="#00ff00">🐈</text>'), { fontFiles });
  const [red, blue] = [
    await inked(png, (r, g, b) => r > 200 && g < 60 && b < 60),
    await inked(png, (r, g, b) => r < 60 && g < 60 && b > 200),
  ];
  expect(blue.right).toBeGreaterThan(blue.left + 10);
  expect(red.left).toBeGreaterThanOrEqual(blue.right - 1);
});

it('shapeTexts(svg) leaves other texts, and all without fonts for them, as they are', async () => {
  const svg = confusionMatrix([0, 3, 1, 0], ['กก', 'dog <&>'], { title: 'Taken for another' });
  expect(await shapeTexts(svg, [], 2)).toBe(svg);
  const latin = confusionMatrix([0, 3, 1, 0], ['cat', 'dog']);
  expect(await shapeTexts(latin, [scripts], 2)).toBe(latin);
  const shaped = await shapeTexts(svg, [scripts], 2);
  expect(shaped.match(/<image /g)).toHaveLength(2);
  expect(shaped.match(/>dog &#x3c;&#x26;&#x3e;<|>dog &lt;&amp;&gt;</g)).toHaveLength(2);
  expect(shaped).not.toContain('>กก<');
});
