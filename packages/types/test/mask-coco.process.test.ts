import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Mask } from '../src/index.ts';
import type { CocoSegmentation } from '../src/index.ts';

const data = process.env.QUALM_TEST_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const file = join(data, 'coco-val2017/instances.json');
const isMissing = !existsSync(file);
if (isMissing) console.warn(`skipped: masks of COCO val2017; set QUALM_TEST_DATA to a folder with coco-val2017/`);

interface Annotation {
  readonly id: number;
  readonly image_id: number;
  readonly segmentation: CocoSegmentation;
  readonly iscrowd: 0 | 1;
}

interface Instances {
  readonly images: { readonly id: number; readonly width: number; readonly height: number }[];
  readonly annotations: Annotation[];
}

interface Expected {
  readonly areas: number[];
  readonly sha256: { readonly counts: string; readonly boxes: string; readonly ious: string };
}

describe.skipIf(isMissing)('every annotation of COCO val2017 equals pycocotools', () => {
  const { images, annotations }: Instances = isMissing
    ? { images: [], annotations: [] }
    : (JSON.parse(readFileSync(file, 'utf8')) as Instances);
  const expected = JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/masks/coco-val2017.json'), 'utf8'),
  ) as Expected;
  const sizes = new Map(images.map(({ id, width, height }) => [id, { width, height }]));
  const masks = new Map(
    annotations.map(({ id, image_id, segmentation }) => [id, Mask.fromCoco(segmentation, sizes.get(image_id)!)]),
  );
  const sha256 = (parts: Iterable<string | Uint8Array>) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };

  it('areas', () => {
    expect(annotations.map(({ id }) => masks.get(id)!.area)).toEqual(expected.areas);
  });

  it('compressed counts', () => {
    const lines = annotations.map(({ id }) => `${id} ${masks.get(id)!.toCocoString()}\n`);
    expect(sha256(lines)).toBe(expected.sha256.counts);
  });

  it('boxes', () => {
    const lines = annotations.map(({ id }) => {
      const box = masks.get(id)!.box;
      return `${id} ${box === null ? '0 0 0 0' : [box.xmin, box.ymin, box.width, box.height].join(' ')}\n`;
    });
    expect(sha256(lines)).toBe(expected.sha256.boxes);
  });

  it('IoU of each image’s masks with each other, crowds included', () => {
    const groups = images.map(({ id }) => annotations.filter(({ image_id }) => image_id === id));
    const matrices = groups.flatMap((group) => {
      const own = group.map(({ id }) => masks.get(id)!);
      const crowds = group.map(({ iscrowd }) => iscrowd === 1);
      return Mask.ious(own, own, crowds).map((row) => new Uint8Array(row.buffer));
    });
    expect(sha256(matrices)).toBe(expected.sha256.ious);
  });

  it('turned into row-major runs, polygons and back, nothing is lost', () => {
    const changed = [...masks].filter(([, mask]) => {
      const byRows = Mask.fromRle(mask.toRle(), mask.size);
      const outlined = Mask.fromPolygons(byRows.toPolygons(), mask.size);
      return [byRows, outlined].some((other) => other.toCocoString() !== mask.toCocoString());
    });
    expect(changed.map(([id]) => id)).toEqual([]);
  });
});
