import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Box2d, Image } from '@qualm/types';
import { box, compose, fullView, layout, renderSvg, text } from '../src/index.ts';
import type { Layer } from '../src/index.ts';
import { render } from '../src/render.ts';
import { shapedLines } from '../src/shaped-lines.ts';
import { svgOf } from '../src/to-svg.ts';

/** Squares for a few Chinese and Thai letters. */
const scripts = fileURLToPath(new URL('../fixtures/font/scripts.ttf', import.meta.url));
const size = { width: 200, height: 120 };
const listOf = (layer: Layer) => layout(layer, fullView(size));
const tagged = (label: string, fontSize = 20): Layer =>
  box(new Box2d(10, 60, 150, 100), { label, fontSize, color: '#0072b2' });

it('shapedLines(list, [scripts]) are those whose letters join or stack, where a font may have them', async () => {
  const layers = compose(...['dog 0.51', '猫 0.51', 'กก 0.51', 'กก\n猫', 'שלום'].map((label) => tagged(label)));
  const list = listOf(layers);
  const shaped = await shapedLines(list, [scripts]);
  expect(Array.from(shaped.keys(), (line) => line.text).sort()).toEqual(['กก', 'กก 0.51']);
  for (const [line, { ink, halo, scale }] of shaped) {
    expect(scale * ink.advance).toBeLessThanOrEqual(line.width + 1e-9);
    expect(scale).toBeLessThanOrEqual(1);
    expect(halo).toBeNull();
    expect(ink.href).toMatch(/^data:image\/png;base64,/);
  }
  expect((await shapedLines(list, [])).size).toBe(0);
  expect((await shapedLines(listOf(tagged('dog')), [scripts])).size).toBe(0);
});

it('svgOf(list, options, shaped) has pictures in the place of these lines alone, with a halo where there is no plate', async () => {
  const list = listOf(compose(tagged('กก'), tagged('dog'), text('กก <&>', [20, 20])));
  const shaped = await shapedLines(list, [scripts]);
  const svg = svgOf(list, {}, shaped);
  expect(svg.match(/<image /g)).toHaveLength(1 + 5);
  expect(svg.match(/<text /g)).toHaveLength(1);
  expect(svg).toContain('>dog<');
  // A browser sets these lines itself.
  expect(renderSvg(size, tagged('กก'))).toContain('>กก<');
});

it('render draws such a line in its ink, within its plate', async () => {
  const image = Image.fromBytes(
    await sharp({ create: { ...size, channels: 3, background: '#404040' } })
      .png()
      .toBuffer(),
  );
  const options = { format: 'png', fontFiles: [scripts] } as const;
  const pixelsOf = async (label: string): Promise<Buffer> =>
    sharp(await render(image, tagged(label), options))
      .removeAlpha()
      .raw()
      .toBuffer();
  const [drawn, bare] = [await pixelsOf('กกก'), await pixelsOf('\u200b')];
  const white: number[][] = [];
  for (let at = 0; at < drawn.length; at += 3) {
    const isWhite = drawn[at]! > 240 && drawn[at + 1]! > 240 && drawn[at + 2]! > 240;
    if (isWhite) white.push([(at / 3) % size.width, Math.floor(at / 3 / size.width)]);
  }
  expect(white.length).toBeGreaterThan(100);
  const plate = listOf(tagged('กกก')).labels[0]!;
  for (const [x, y] of white) {
    expect(x! >= plate.x && x! <= plate.x + plate.width && y! >= plate.y && y! <= plate.y + plate.height).toBe(true);
  }
  expect(drawn.equals(bare)).toBe(false);
});
