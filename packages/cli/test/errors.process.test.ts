import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readParquet } from '@qualm/datasets';
import { createRandom } from '@qualm/strategies';
import { describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

type Row = Record<string, unknown>;

interface Annotation {
  readonly id: number;
  readonly image_id: number;
  readonly bbox: number[];
  readonly category_id: number;
  readonly iscrowd?: 0 | 1;
}

const categories = ['red', 'green', 'blue'].map((name, index) => ({ id: 10 * (index + 1), name }));
const images = ['a.jpg', 'b.jpg', 'c.jpg'].map((file_name, id) => ({ id, file_name, width: 64, height: 48 }));
/** The quarters of a.jpg, which is red, but for one; one is called blue, and one lies apart from
 * its quarter.
 */
const annotations: Annotation[] = [
  { id: 1, image_id: 0, bbox: [0, 0, 32, 24], category_id: 10 },
  { id: 2, image_id: 0, bbox: [32, 0, 32, 24], category_id: 30 },
  { id: 3, image_id: 0, bbox: [20, 38, 10, 10], category_id: 10 },
];

/** A toy project with labels, whose model's predictions of them are in `predictions/`. */
async function labelledProject(
  given: object = { images, categories, annotations },
  ...more: string[]
): Promise<string> {
  const folder = await toyProject();
  await writeFile(join(folder, 'labels.json'), JSON.stringify(given));
  const run = ['predict', '--coco', 'labels.json', '--images', 'photos', '--model', 'model/quarters.json'];
  expect(await runCli([...run, '--out', 'predictions', ...more], { cwd: folder })).toMatchObject({ code: 0 });
  return folder;
}

interface Page {
  readonly kinds: readonly string[];
  readonly cells: {
    readonly id: readonly string[];
    readonly src: readonly (string | null)[];
    readonly values: readonly (readonly number[])[];
    readonly kind?: readonly number[];
    readonly annotationId?: readonly (number | null)[];
  };
}

async function dataOf(file: string): Promise<Page> {
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(await readFile(file, 'utf8'))![1]!) as Page;
}

async function errorsOf(folder: string, ...more: string[]): Promise<Row[]> {
  const run = ['errors', 'predictions', '--coco', 'labels.json', '--json', ...more];
  return JSON.parse((await runCli(run, { cwd: folder })).stdout) as Row[];
}

describe('qualm errors', () => {
  it.each(['class_scores', 'detections'])(
    'lists what was overlooked and what is called wrongly, from %s',
    async (form) => {
      const folder = await labelledProject(undefined, '--form', form);
      const rows = await errorsOf(folder);
      expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1));
      const inRed = rows.filter(({ image_id }) => image_id === 0);
      expect(inRed).toHaveLength(2);
      expect(inRed.find(({ error }) => error === 'overlooked')).toMatchObject({
        ann_id: null,
        label: null,
        found_label: 'red',
        box: { xmin: 32, ymin: 24, xmax: 64, ymax: 48 },
      });
      expect(inRed.find(({ error }) => error === 'swapped')).toMatchObject({
        ann_id: 2,
        label: 'blue',
        found_label: 'red',
        box: { xmin: 32, ymin: 0, xmax: 64, ymax: 24 },
      });
    },
  );

  it('--error badly-located lists what lies apart from what was found', async () => {
    const rows = await errorsOf(await labelledProject(), '--error', 'badly-located');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ error: 'badly-located', ann_id: 3, label: 'red', found_label: 'red' });
  });

  it('--level images ranks images, worst first', async () => {
    const rows = await errorsOf(await labelledProject(), '--level', 'images');
    expect(rows[0]).toMatchObject({ image_id: 0, drawn: 3, found: 4 });
    const qualities = rows.map(({ quality }) => quality as number);
    expect(qualities).toEqual([...qualities].sort((a, b) => a - b));
  });

  it('gives the same list as CSV, JSON and Parquet, and an empty one where nothing is wrong', async () => {
    const folder = await labelledProject();
    const rows = await errorsOf(folder);
    const run = ['errors', 'predictions', '--coco', 'labels.json'];
    await runCli([...run, '--out', 'list.parquet'], { cwd: folder });
    const { columns } = await readParquet(join(folder, 'list.parquet'));
    expect([...columns['quality']!]).toEqual(rows.map(({ quality }) => quality));
    expect([...columns['ann_id']!]).toEqual(rows.map(({ ann_id }) => ann_id));
    const csv = (await runCli(run, { cwd: folder })).stdout.trim().split('\r\n');
    expect(csv).toHaveLength(rows.length + 1);
    await runCli([...run, '--out', 'list.json'], { cwd: folder });
    expect(JSON.parse(await readFile(join(folder, 'list.json'), 'utf8'))).toEqual(rows);
    expect(await errorsOf(folder, '--high-score', '1')).toEqual([]);
    expect((await runCli([...run, '--high-score', '1'], { cwd: folder })).stdout).toMatch(/^rank,image_id,.*\r\n$/);
  });

  it('--report writes the list as a page, and report --by error shows the same', async () => {
    const folder = await labelledProject();
    const rows = await errorsOf(folder);
    const run = ['--coco', 'labels.json'];
    const { code, stderr } = await runCli(
      ['errors', 'predictions', ...run, '--out', 'list.csv', '--report', 'errors.html'],
      { cwd: folder },
    );
    expect([code, stderr]).toEqual([0, expect.stringMatching(/\d likely errors, \d\.\d MB; open .*errors\.html/)]);
    const page = await dataOf(join(folder, 'errors.html'));
    expect(page.cells.values[0]!.map((value) => value.toFixed(6))).toEqual(
      rows.map(({ quality }) => (quality as number).toFixed(6)),
    );
    expect(page.cells.annotationId).toEqual(rows.map(({ ann_id }) => ann_id));
    expect(page.cells.kind!.map((kind) => page.kinds[kind])).toEqual(
      rows.map(({ error }) => (error === 'swapped' ? 'wrong class' : 'missing label')),
    );
    expect(page.cells.src.every((src) => src?.startsWith('data:image/jpeg'))).toBe(true);
    await runCli(['report', 'predictions', ...run, '--by', 'error', '--out', 'again'], { cwd: folder });
    expect((await dataOf(join(folder, 'again/index.html'))).cells.id).toEqual(page.cells.id);
    const one = await runCli(
      ['report', 'predictions', ...run, '--by', 'error', '--only', 'list.csv', '--cells', '1', '--out', 'one.html'],
      { cwd: folder },
    );
    expect(one.code).toBe(0);
    expect((await dataOf(join(folder, 'one.html'))).cells.id).toEqual(page.cells.id.slice(0, 1));
  });

  it.each([
    [['report', 'predictions', '--by', 'error'], '--by error: needs labels; name their file with --coco'],
    [
      ['report', 'predictions', '--by', 'error', '--coco', 'labels.json', '--strategy', 'margin'],
      '--by error: goes without --strategy',
    ],
    [
      ['report', 'predictions', '--coco', 'labels.json', '--error', 'spurious'],
      '--error: is of a page of likely errors; add --by error',
    ],
    [
      ['errors', 'predictions', '--coco', 'labels.json', '--level', 'images', '--report', 'errors.html'],
      '--report: is a page of boxes; leave out --level images',
    ],
  ])('refuses %j', async (run, message) => {
    const { code, stderr } = await runCli(run, { cwd: await labelledProject() });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('a found box within a crowd of its class was not overlooked', async () => {
    const crowd: Annotation = { id: 4, image_id: 0, bbox: [30, 20, 34, 28], category_id: 10, iscrowd: 1 };
    const folder = await labelledProject({ images, categories, annotations: [...annotations, crowd] });
    const rows = await errorsOf(folder);
    expect(rows.filter(({ image_id, error }) => image_id === 0 && error === 'overlooked')).toEqual([]);
  });

  it('a found box that a drawn one of its class accounts for says nothing against the box beneath it', async () => {
    const red: Annotation = { id: 5, image_id: 0, bbox: [32, 0, 32, 24], category_id: 10 };
    // Drawn apart a little: two boxes of different classes in one place would be an error of their
    // own.
    const blue: Annotation = { id: 2, image_id: 0, bbox: [32, 0, 32, 20], category_id: 30 };
    const folder = await labelledProject({ images, categories, annotations: [red, blue] });
    expect((await errorsOf(folder, '--error', 'swapped')).filter(({ image_id }) => image_id === 0)).toEqual([]);
  });

  it('warns of images and classes that only one of both has, and refuses where they have none in common', async () => {
    const folder = await labelledProject();
    const write = (name: string, content: object): Promise<void> =>
      writeFile(join(folder, name), JSON.stringify(content));
    const run = (coco: string): ReturnType<typeof runCli> =>
      runCli(['errors', 'predictions', '--coco', coco], { cwd: folder });
    await write('fewer.json', { images: [...images.slice(0, 2), { ...images[0]!, id: 9 }], categories: categories.slice(0, 2), annotations }); // prettier-ignore
    const { code, stderr } = await run('fewer.json');
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 image of .*predictions failed, or is not in/);
    expect(stderr).toMatch(/1 image of .*fewer\.json has no predictions/);
    expect(stderr).toMatch(/does not label blue/);
    await write('others.json', {
      images: [{ ...images[0]!, id: 9, file_name: 'other.jpg' }],
      categories,
      annotations: [],
    });
    expect(await run('others.json')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/none of the images/) as string,
    });
    await write('names.json', { images, categories: [{ id: 1, name: 'crimson' }], annotations: [] });
    expect(await run('names.json')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/none of the classes/) as string,
    });
    expect(await run('missing.json')).toMatchObject({ code: 1, stdout: '' });
  });
});

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const data = process.env['QUALM_TEST_DATA'] ?? join(repository, '../shared/data');
const hasData = existsSync(join(data, 'models/yolox_nano.onnx'));
if (!hasData) console.warn(`skipped: label errors on photographs; set QUALM_TEST_DATA (no yolox_nano.onnx in ${data})`);

/* What the page on label errors says. One box in half of the photographs is given another class
 * at random, five times. Measured: 29 listed, 23 of them (.79) spoilt, of 105 that were. */
/** Runs YOLOX-Nano on the photographs, and gives their labels. */
async function predictPhotographs(folder: string, ...more: string[]): Promise<Labels> {
  const coco = join(data, 'coco-val2017');
  const model = ['--model', join(repository, 'examples/models/yolox-nano.json'), '--model-root', join(data, 'models')];
  const inputs = ['--coco', join(coco, 'instances.json'), '--images', join(coco, 'images'), '--form', 'detections'];
  await runCli(['predict', ...inputs, ...model, '--out', 'predictions', ...more], { cwd: folder });
  return JSON.parse(await readFile(join(coco, 'instances.json'), 'utf8')) as Labels;
}

interface Labels {
  readonly annotations: readonly Annotation[];
  readonly categories: readonly { readonly id: number }[];
}

it.skipIf(!hasData)(
  'of the boxes that qualm errors lists on photographs, three of four are those that were spoilt',
  async () => {
    const folder = await temporaryFolder();
    const labels = await predictPhotographs(folder);
    let [listed, right, spoilt] = [0, 0, 0];
    for (const seed of [1, 2, 3, 4, 5]) {
      const wrong = await spoil(seed);
      const rows = await errorsOf(folder, '--error', 'swapped');
      listed += rows.length;
      right += rows.filter(({ ann_id }) => wrong.has(ann_id as number)).length;
      spoilt += wrong.size;
    }
    expect(Math.abs(right / listed - 0.79)).toBeLessThan(0.05);
    expect(Math.abs(right / spoilt - 0.22)).toBeLessThan(0.04);

    async function spoil(seed: number): Promise<Set<number>> {
      const random = createRandom(seed);
      const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
      const wrong = new Map<number, number>();
      const byImage = new Map<number, Annotation[]>();
      for (const annotation of labels.annotations.filter(({ iscrowd }) => !iscrowd)) {
        byImage.set(annotation.image_id, [...(byImage.get(annotation.image_id) ?? []), annotation]);
      }
      for (const ofImage of byImage.values()) {
        if (random() < 0.5) continue;
        const { id, category_id } = pick(ofImage);
        wrong.set(id, pick(labels.categories.filter((category) => category.id !== category_id)).id);
      }
      const annotations = labels.annotations.map((annotation) => ({
        ...annotation,
        category_id: wrong.get(annotation.id) ?? annotation.category_id,
      }));
      await writeFile(join(folder, 'labels.json'), JSON.stringify({ ...labels, annotations }));
      return new Set(wrong.keys());
    }
  },
);

/* What the page on label errors says. In half of the photographs somebody draws a box of another
 * photograph, five times. Measured: 10 listed, 7 of them (.67) drawn for nothing, of 100 that
 * were; 11 of the first 20. */
it.skipIf(!hasData)(
  'of the labels that qualm errors lists as spurious on photographs, two of three are of other photographs',
  async () => {
    const folder = await temporaryFolder();
    const labels = await predictPhotographs(folder, '--min-score', '0.05');
    const real = labels.annotations.filter(({ iscrowd }) => !iscrowd);
    let [listed, right, extra, first] = [0, 0, 0, 0];
    for (const seed of [1, 2, 3, 4, 5]) {
      const added = await addLabels(seed);
      const isExtra = ({ ann_id }: Row): boolean => added.has(ann_id as number);
      const all = await errorsOf(folder, '--error', 'spurious', '--max-quality', '1', '--limit', '50');
      const rows = all.filter(({ quality }) => (quality as number) <= 0.5);
      listed += rows.length;
      right += rows.filter(isExtra).length;
      extra += added.size;
      first += all.slice(0, 20).filter(isExtra).length;
    }
    expect(Math.abs(right / listed - 0.67)).toBeLessThan(0.06);
    expect(Math.abs(right / extra - 0.066)).toBeLessThan(0.02);
    expect(Math.abs(first / 100 - 0.54)).toBeLessThan(0.06);

    async function addLabels(seed: number): Promise<Set<number>> {
      const random = createRandom(seed);
      const inUse = [...new Set(real.map(({ image_id }) => image_id))];
      const added = inUse.flatMap((image_id, row): Annotation[] => {
        if (random() < 0.5) return [];
        const others = real.filter((one) => one.image_id !== image_id);
        return [{ ...others[Math.floor(random() * others.length)]!, image_id, id: 1e9 + row }];
      });
      const annotations = [...labels.annotations, ...added];
      await writeFile(join(folder, 'labels.json'), JSON.stringify({ ...labels, annotations }));
      return new Set(added.map(({ id }) => id));
    }
  },
);
