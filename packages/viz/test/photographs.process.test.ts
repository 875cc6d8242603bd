import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Box2d, Image, Mask } from '@qualm/types';
import type { CocoSegmentation } from '@qualm/types';
import { describe, expect, test } from 'vitest';
import { detections, fullView, layout, render } from '../src/index.ts';
import { readBack } from './pictures.ts';

interface Coco {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[];
  readonly annotations: readonly {
    image_id: number;
    category_id: number;
    bbox: readonly [number, number, number, number];
    segmentation: CocoSegmentation;
  }[];
  readonly categories: readonly { id: number; name: string }[];
}

const data = process.env.QUALM_TEST_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');
const folder = join(data, 'coco-val2017');
const isThere = existsSync(join(folder, 'instances.json'));
if (!isThere) console.warn(`skipped: no photographs in ${folder}; set QUALM_TEST_DATA to a folder with coco-val2017`);

describe.skipIf(!isThere)('photographs of COCO with their annotations', () => {
  const read = () => JSON.parse(readFileSync(join(folder, 'instances.json'), 'utf8')) as Coco;
  const rowsOf = (coco: Coco, image: Coco['images'][number]) =>
    coco.annotations
      .filter(({ image_id }) => image_id === image.id)
      .map(({ category_id, bbox: [x, y, width, height], segmentation }) => ({
        box: Box2d.fromTopLeft(x, y, width, height),
        score: 1,
        label_id: category_id,
        mask: Mask.fromCoco(segmentation, image),
      }));

  test('all tags are inside their pictures, one for each annotation', () => {
    const coco = read();
    const wrong = coco.images.filter((image) => {
      const rows = rowsOf(coco, image);
      const { labels } = layout(detections(rows, { labels: coco.categories }), fullView(image));
      const isInside = labels.every(
        ({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height,
      );
      return !isInside || labels.length !== rows.length;
    });
    expect(coco.images.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  test('come out in their own size, with masks and boxes over them', async () => {
    const coco = read();
    for (const image of coco.images.slice(0, 4)) {
      const layers = detections(rowsOf(coco, image), { labels: coco.categories });
      const bytes = await render(Image.fromUri(join(folder, 'images', image.file_name)), layers, { format: 'jpeg' });
      const { width, height } = await readBack(bytes);
      expect({ width, height }).toEqual({ width: image.width, height: image.height });
    }
  });
});
