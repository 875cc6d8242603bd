/** Milliseconds per picture of 640 x 427 with 33 boxes and tags, one after the other and four at a
 * time, beside the floor (sharp decoding and encoding the bare photograph) and Python (Pillow,
 * supervision), which benchmarks/python/render.py times on the same photograph and boxes.
 *
 *     npx tsc -b packages/viz && npx tsx benchmarks/render.ts [python]
 *
 * `python` is an interpreter with pillow, numpy, opencv-python-headless and supervision; without
 * one only Node is timed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Box2d, Detections, Image } from '@qualm/types';
import { detections, layout, fullView, render, toSvg } from '@qualm/viz';
import sharp from 'sharp';
import { writeResult } from './write-result.ts';

const size = { width: 640, height: 427 };
const rounds = 60;

/** Smooth noise: about as hard to encode as a photograph, and the same on every machine. */
async function photograph(): Promise<Buffer> {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24;
  const coarse = Buffer.from(Array.from({ length: 80 * 54 * 3 }, next));
  return sharp(coarse, { raw: { width: 80, height: 54, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill' })
    .jpeg({ quality: 90 })
    .toBuffer();
}

function manyBoxes(count: number): Detections {
  const boxes = Array.from({ length: count }, (_, index) => {
    const [x, y] = [(index * 97) % 560, (index * 61) % 360];
    return [
      ...new Box2d(x, y, Math.min(640, x + 40 + ((index * 37) % 160)), Math.min(427, y + 30 + ((index * 23) % 120))),
    ];
  });
  const scores = Float32Array.from(boxes, (_, index) => 0.99 - index / 50);
  return new Detections(
    Float32Array.from(boxes.flat()),
    scores,
    Int32Array.from(boxes, (_, index) => index % 12),
  );
}

async function milliseconds(work: () => Promise<unknown>, atOnce = 1): Promise<number> {
  for (let warm = 0; warm < 5; warm++) await work();
  const start = performance.now();
  for (let done = 0; done < rounds; done += atOnce) await Promise.all(Array.from({ length: atOnce }, work));
  return Number(((performance.now() - start) / rounds).toFixed(2));
}

const jpeg = await photograph();
const rows = manyBoxes(33);
const image = Image.fromBytes(jpeg);
const layers = detections(rows);
const results: Record<string, number> = {};
for (const format of ['png', 'jpeg'] as const) {
  const bare = () => {
    const picture = sharp(jpeg);
    return format === 'png'
      ? picture.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer()
      : picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  };
  results[`floor-sharp-${format}`] = await milliseconds(bare);
  results[`qualm-${format}`] = await milliseconds(() => render(image, layers, { format }));
  results[`floor-sharp-${format}-4-at-once`] = await milliseconds(bare, 4);
  results[`qualm-${format}-4-at-once`] = await milliseconds(() => render(image, layers, { format }), 4);
}
results['qualm-svg-text-only'] = await milliseconds(() => Promise.resolve(toSvg(layout(layers, fullView(size)))));

const python = process.env['PYTHON'];
if (python !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-render-'));
  writeFileSync(join(folder, 'photograph.jpg'), jpeg);
  writeFileSync(join(folder, 'boxes.json'), JSON.stringify(Array.from(rows, (row) => ({ ...row, box: [...row.box] }))));
  const script = new URL('./python/render.py', import.meta.url).pathname;
  Object.assign(results, JSON.parse(execFileSync(python, [script, folder, String(rounds)], { encoding: 'utf8' })));
}

writeResult('render', {}, { unit: 'ms per picture', size, boxes: rows.length, rounds, results });
console.log(results);
