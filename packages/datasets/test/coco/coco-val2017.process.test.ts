import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCoco } from '../../src/coco/read-coco.ts';
import { cocoLabels91 } from '@qualm/types/labels';

const data = process.env['QUALM_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data');
const path = join(data, 'coco-val2017/instances.json');
const present = existsSync(path);
if (!present)
  console.warn(
    `coco-val2017.process.test.ts: skipped, "${path}" is missing; set QUALM_TEST_DATA to a folder that has it`,
  );

interface Raw {
  images: { id: number; file_name: string }[];
  annotations: { id: number; image_id: number; area: number; bbox: number[]; iscrowd: number }[];
}

describe.skipIf(!present)('readCoco(206 photographs of val2017)', () => {
  it('has what the file has', async () => {
    const raw = JSON.parse(readFileSync(path, 'utf8')) as Raw;
    const { columns, labels, problemCount } = await readCoco(path, { images: join(data, 'coco-val2017/images') });
    expect(problemCount).toBe(0);
    expect([...columns.image_id]).toEqual(raw.images.map(({ id }) => id));
    expect(labels).toEqual(cocoLabels91);
    const annotations = [...columns.annotations].flat();
    expect(annotations.length).toBe(1786);
    expect(annotations.filter(({ iscrowd }) => iscrowd).length).toBe(21);
    const byId = new Map(raw.annotations.map((entry) => [entry.id as number | string | null, entry]));
    for (const { ann_id, bbox, area } of annotations) {
      const wanted = byId.get(ann_id)!;
      const [x, y, width, height] = wanted.bbox as [number, number, number, number];
      expect([...bbox]).toEqual([x, y, x + width, y + height]);
      expect(area).toBe(wanted.area);
    }
  });

  it('has the masks that pycocotools 2.0.11 makes of it', async () => {
    const { columns } = await readCoco(path);
    const annotations = [...columns.annotations].flat();
    const sum = (areas: number[]): number => areas.reduce((total, area) => total + area, 0);
    expect(sum(annotations.map(({ segmentation }) => segmentation!.area))).toBe(19_610_101);
    const crowds = annotations.filter(({ iscrowd }) => iscrowd);
    expect(sum(crowds.map(({ segmentation }) => segmentation!.area))).toBe(383_070);
  });
});
