import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mask } from '@qualm/types';
import type { CocoSegmentation, Ring } from '@qualm/types';
import { writeResult } from './write-result.ts';

/* Masks of COCO photographs, coded, measured and merged: ours and pycocotools, one after the
 * other on the same machine. Wants a Python with pycocotools (PYTHON, python3 when unset) and
 * the test data (QUALM_TEST_DATA). */

interface Polygons {
  readonly size: readonly [width: number, height: number];
  readonly rings: readonly Ring[];
}

interface PythonResult {
  readonly versions: Readonly<Record<string, string>>;
  readonly area: number;
  readonly milliseconds: Readonly<Record<string, number>>;
}

const repeats = 15;
const bitmapCount = 300;
const here = import.meta.dirname;
const data = process.env.QUALM_TEST_DATA ?? join(here, '../../shared/data');

const { polygons, groups } = readPolygons(join(data, 'coco-val2017/instances.json'));
const theirs = timePython();
const ours = timeOurs();
report();

function readPolygons(file: string): { polygons: Polygons[]; groups: number[][] } {
  const { images, annotations } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly images: { readonly id: number; readonly width: number; readonly height: number }[];
    readonly annotations: { readonly image_id: number; readonly segmentation: CocoSegmentation }[];
  };
  const sizes = new Map(images.map(({ id, width, height }) => [id, [width, height] as const]));
  const drawn = annotations.flatMap(({ image_id, segmentation }) =>
    'counts' in segmentation ? [] : [{ image_id, size: sizes.get(image_id)!, rings: segmentation }],
  );
  const indices = drawn.map((_, index) => index);
  const groups = images.map(({ id }) => indices.filter((index) => drawn[index]!.image_id === id));
  return {
    polygons: drawn.map(({ size, rings }) => ({ size, rings })),
    groups: groups.filter((group) => group.length > 0),
  };
}

function timePython(): PythonResult {
  const folder = mkdtempSync(join(tmpdir(), 'qualm-masks-'));
  try {
    const work = join(folder, 'work.json');
    writeFileSync(work, JSON.stringify({ repeats, bitmaps: bitmapCount, masks: polygons, groups }));
    const python = process.env.PYTHON ?? 'python3';
    return JSON.parse(
      execFileSync(python, [join(here, 'python/masks.py'), work], { encoding: 'utf8' }),
    ) as PythonResult;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Like pycocotools, every step starts from what it is given and keeps nothing from the step
 * before.
 */
function timeOurs(): Record<string, number> {
  const drawn = polygons.map(({ size: [width, height], rings }) => Mask.fromPolygons(rings, { width, height }));
  const masks = drawn.map((mask) => Mask.fromCocoString(mask.toCocoString(), mask.size));
  const bitmaps = masks.slice(0, bitmapCount).map((mask) => Mask.fromBitmap(mask.toBitmap(), mask.size));
  const grouped = groups.map((group) => group.map((index) => masks[index]!));
  const area = masks.reduce((sum, mask) => sum + mask.area, 0);
  if (area !== theirs.area) throw new Error(`masks: our areas sum to ${area}, those of pycocotools to ${theirs.area}`);
  return {
    'polygons to compressed': least(() =>
      polygons.map(({ size: [width, height], rings }) => Mask.fromPolygons(rings, { width, height }).toCocoString()),
    ),
    'bitmap to compressed': least(() => bitmaps.map((mask) => mask.toCocoString())),
    'compressed to bitmap': least(() => masks.slice(0, bitmapCount).map((mask) => mask.toBitmap())),
    'area of compressed': least(() => masks.map((mask) => mask.area)),
    'box of compressed': least(() => masks.map((mask) => mask.box)),
    'IoU matrices': least(() => grouped.map((group) => Mask.ious(group, group))),
    unions: least(() => grouped.map((group) => Mask.union(group).toCocoString())),
  };
}

function least(step: () => unknown): number {
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function report(): void {
  const rows = Object.entries(ours).map(([step, milliseconds]) => {
    const pycocotools = theirs.milliseconds[step]!;
    return { step, qualm: milliseconds, pycocotools, ratio: milliseconds / pycocotools };
  });
  for (const { step, qualm, pycocotools, ratio } of rows) {
    const times = `qualm ${qualm.toFixed(1).padStart(7)} ms  pycocotools ${pycocotools.toFixed(1).padStart(7)} ms`;
    console.log(`${step.padEnd(24)} ${times}  ${ratio.toFixed(2)} times pycocotools`);
  }
  writeResult('masks', theirs.versions, {
    work: { masks: polygons.length, images: groups.length, bitmaps: Math.min(bitmapCount, polygons.length), repeats },
    milliseconds: rows,
  });
}
