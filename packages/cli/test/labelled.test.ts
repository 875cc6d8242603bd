import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boxErrors, readLabelledImages } from '@qualm/selection';
import type { BoxErrorOptions } from '@qualm/selection';
import { reportContents } from '../src/commands/report/report-contents.ts';
import { listRows } from '../src/output/write-list.ts';
import { temporaryFolder } from './run-cli.ts';
import { animals, storedPredictions } from './stored-predictions.ts';
import type { StoredBox, StoredImage } from './stored-predictions.ts';

type Sides = readonly [xmin: number, ymin: number, xmax: number, ymax: number];

interface Drawn {
  readonly image_id: number;
  readonly box: Sides;
  readonly label_id: number;
  readonly iscrowd?: 0 | 1;
}

const [cat, dog, bear] = [1, 2, 3];
const found = (label_id: number, score: number, ...box: Sides): StoredBox => ({ box, label_id, score });

/** A COCO file of these boxes, whose ids are their places from 1. */
async function cocoFile(drawn: readonly Drawn[], images: readonly StoredImage[]): Promise<string> {
  const path = join(await temporaryFolder(), 'instances.json');
  const annotations = drawn.map(({ image_id, box: [xmin, ymin, xmax, ymax], label_id, iscrowd = 0 }, index) => ({
    ...{ id: index + 1, image_id, category_id: label_id, iscrowd, segmentation: [] },
    ...{ bbox: [xmin, ymin, xmax - xmin, ymax - ymin], area: (xmax - xmin) * (ymax - ymin) },
  }));
  const files = images.map(({ image_id: id }) => ({ id, file_name: `${id}.jpg`, width: 100, height: 100 }));
  await writeFile(path, JSON.stringify({ images: files, categories: animals, annotations }));
  return path;
}

async function errorsOf(
  boxes: readonly StoredBox[],
  drawn: readonly Omit<Drawn, 'image_id'>[],
  errors: BoxErrorOptions['errors'],
  options: Partial<BoxErrorOptions> = {},
): Promise<Record<string, unknown>[]> {
  const images = [{ image_id: 1, boxes }];
  const coco = await cocoFile(
    drawn.map((one) => ({ image_id: 1, ...one })),
    images,
  );
  const labelled = await readLabelledImages(await storedPredictions(images), coco);
  return listRows(boxErrors(labelled, { ...(errors && { errors }), maxQuality: 0.5, highScore: 0.8, ...options }));
}

describe('what made a label suspect', () => {
  it('is the sure box of another class, not a faint one that overlaps more', async () => {
    const boxes = [
      found(cat, 0.9, 60, 60, 90, 90),
      found(bear, 0.02, 10, 10, 49, 50),
      found(cat, 0.97, 10, 10, 46, 46),
    ];
    const rows = await errorsOf(boxes, [{ box: [10, 10, 50, 50], label_id: dog }], ['swapped']);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ label: 'dog', found_label: 'cat', found_box_index: 2, other_ann_id: null });
    expect(rows[0]!['found_score']).toBeCloseTo(0.97, 6);
  });

  it('is the other drawn box, and none that was found, where two were drawn in one place', async () => {
    const place: Sides = [10, 10, 50, 50];
    const drawn = [
      { box: place, label_id: dog },
      { box: place, label_id: cat },
    ];
    const rows = await errorsOf([found(bear, 0.4, ...place)], drawn, ['swapped'], { maxQuality: 1 });
    const evidence = { found_box_index: null, found_label: null, found_score: null };
    expect(rows.map(({ ann_id }) => ann_id).sort()).toEqual([1, 2]);
    expect(rows.find(({ ann_id }) => ann_id === 1)).toMatchObject({ ...evidence, other_ann_id: 2, other_label: 'cat' });
    expect(rows.find(({ ann_id }) => ann_id === 2)).toMatchObject({ ...evidence, other_ann_id: 1, other_label: 'dog' });
  });

  it('of a badly drawn box is the sure box of its class, not a faint one that overlaps more', async () => {
    const boxes = [found(cat, 0.1, 10, 10, 48, 50), found(cat, 0.9, 30, 30, 70, 70)];
    const drawn = [{ box: [10, 10, 50, 50] as Sides, label_id: cat }];
    const rows = await errorsOf(boxes, drawn, ['badly-located']);
    expect(rows).toMatchObject([{ error: 'badly-located', found_box_index: 1, found_label: 'cat' }]);
  });

  it('is named by its place among the stored boxes, whichever of them were left out', async () => {
    const boxes = [found(dog, 0.99, 0, 0, 9, 9), found(cat, 0.99, 10, 10, 50, 50)];
    const drawn = [
      { box: [0, 0, 9, 9] as Sides, label_id: dog },
      { box: [10, 10, 50, 50] as Sides, label_id: dog },
    ];
    expect(await errorsOf(boxes, drawn, ['swapped'])).toMatchObject([{ ann_id: 2, found_box_index: 1 }]);
  });

  it('is nothing that lies in a crowd of its class', async () => {
    const drawn = [{ box: [0, 0, 100, 100] as Sides, label_id: cat, iscrowd: 1 as const }];
    const boxes = [found(cat, 0.99, 10, 10, 50, 50), found(dog, 0.98, 60, 60, 90, 90)];
    const rows = await errorsOf(boxes, drawn, ['overlooked']);
    expect(rows).toMatchObject([{ error: 'overlooked', found_label: 'dog', found_box_index: 1 }]);
  });
});

it('a report draws the labels of images that only file names find', async () => {
  const box: Sides = [10, 10, 30, 50];
  const coco = await cocoFile([{ image_id: 2, box, label_id: dog }], [{ image_id: 2, boxes: [] }]);
  const predictions = await storedPredictions([
    { image_id: '1.jpg', boxes: [found(cat, 0.9, ...box)] },
    { image_id: '2.jpg', boxes: [found(cat, 0.8, ...box)] },
  ]);
  const asked = { predictions, coco, by: 'image', strategy: 'margin', aggregate: 'least-sure', minScore: 0.2 } as const;
  const { signal } = new AbortController();
  const { pageCells, pageOptions } = await reportContents({ ...asked, cells: 9, empty: 'last' }, { cwd: '.', signal });
  expect(pageOptions.layers?.at(-1)).toBe('labelled');
  const drawn = pageCells.map(({ cell }) => [
    cell.imageId,
    cell.boxes!.flatMap((one) =>
      'layer' in one && one.layer === 1 && 'label' in one ? [pageOptions.labels[one.label!]] : [],
    ),
  ]);
  expect(Object.fromEntries(drawn)).toEqual({ '1.jpg': [], '2.jpg': ['dog'] });
  expect(pageOptions.charts![0]!.light).toContain('least sure first, by margin');
});

describe('the charts of a report with labels', () => {
  const inCrowd: Drawn[] = [
    { image_id: 1, box: [10, 10, 30, 50], label_id: cat },
    { image_id: 1, box: [0, 0, 100, 100], label_id: cat, iscrowd: 1 },
    { image_id: 2, box: [10, 10, 30, 50], label_id: dog },
    { image_id: 3, box: [10, 10, 30, 50], label_id: dog },
  ];
  const images: StoredImage[] = [
    { image_id: 1, boxes: [found(cat, 0.9, 10, 10, 30, 50), found(cat, 0.8, 60, 60, 90, 90)] },
    { image_id: 2, boxes: [found(dog, 0.6, 10, 10, 30, 50), found(dog, 0.1, 60, 60, 90, 90)] },
    { image_id: 3, boxes: [found(dog, 0.1, 10, 10, 30, 50)] },
  ];

  it('count crowds as COCO does, show the boxes of the page, and set images without a box apart', async () => {
    const predictions = await storedPredictions(images);
    const contents = { predictions, coco: await cocoFile(inCrowd, images), by: 'box', strategy: 'margin' } as const;
    const { signal } = new AbortController();
    const all = { ...contents, aggregate: 'least-sure', minScore: 0.2, cells: 9, empty: 'last' } as const;
    const { pageOptions: options, notes, warnings } = await reportContents(all, { cwd: '.', signal });
    expect(warnings).toEqual([]);
    expect(notes).toContainEqual(expect.stringContaining('keep one score of each box'));
    expect(notes).toContain('1 image has no box of 0.2 or more and is not in it');
    const [precision, reliability, ...others] = options.charts!;
    // Image 2 is the least sure; 3 has no box of .2, and its faint one is right.
    expect(precision!.words).toBe('part 1, 1 image: 1.00; part 2, 1 image: 1.00; no box, 1 image: 1.00');
    // Of .9 and .6, both there: one in the crowd and one of .1 do not count.
    expect(reliability!.words).toMatch(/^Reliability diagram of 2 boxes of 0.2 or more/);
    expect(reliability!.light).toContain('0.250 on average (ECE)');
    expect(options.labels).toContain('cat (crowd)');
    // The page has a table of its own, but where it has not all boxes.
    expect(others).toEqual([]);
    const [, , confusion] = (await reportContents({ ...all, cells: 1 }, { cwd: '.', signal })).pageOptions.charts!;
    expect(confusion!.words).toContain('across: all boxes of 0.2 or more');
  });
});
