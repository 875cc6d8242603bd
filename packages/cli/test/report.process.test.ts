import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeParquet } from '@qualm/datasets';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { inputs, toyPredictions } from './toy-run.ts';

interface Data {
  readonly title: string;
  readonly strategies: readonly { readonly name: string }[];
  readonly labels: readonly string[];
  readonly layers: readonly string[];
  readonly columns: readonly string[];
  readonly wordColumns?: readonly string[];
  readonly charts: readonly { readonly words: string }[];
  readonly vectors?: {
    readonly words: string;
    readonly near: number;
    readonly dimensions: number;
    readonly numbers: string;
  };
  readonly pictureFolder: string;
  readonly cells: {
    readonly id: readonly string[];
    readonly imageId: readonly (string | number | null)[];
    readonly src: readonly (string | null)[];
    readonly values: readonly (readonly number[])[];
    readonly boxes: readonly (readonly number[])[];
    readonly region: readonly (readonly number[] | null)[];
    readonly reason?: readonly (string | null)[];
    readonly columns: readonly (readonly (number | null)[])[];
    readonly words?: readonly { readonly values: readonly string[]; readonly places: readonly (number | null)[] }[];
    readonly deciding: readonly { readonly box: readonly number[] }[];
  };
}

async function dataOf(file: string): Promise<Data> {
  const html = await readFile(file, 'utf8');
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as Data;
}

describe('qualm report', () => {
  it('writes the least sure boxes as one page, by the strategy that is asked for and three more', async () => {
    const folder = await toyPredictions();
    const run = ['report', 'predictions', '--strategy', 'gini', '--title', 'Toys', '--cells', '5', '--min-score', '0'];
    const { code, stdout, stderr } = await runCli(run, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/5 boxes, \d+\.\d MB; open .*qualm-report\.html\n$/);
    const { title, strategies, cells } = await dataOf(join(folder, 'qualm-report.html'));
    expect(title).toBe('Toys');
    expect(strategies.map(({ name }) => name)).toEqual(['gini', 'margin', 'entropy', 'leastConfidence']);
    expect(cells.id).toHaveLength(5);
    expect(cells.src.every((src) => src?.startsWith('data:image/jpeg;base64,'))).toBe(true);
    const [first] = cells.values;
    expect(first).toEqual([...first!].sort((a, b) => b - a));
    expect(cells.id[0]).toMatch(/^c\.jpg#[^@#]+@[\d.]+(,[\d.]+){3}$/);
    expect(cells.imageId[0]).toBe('c.jpg');
    expect(cells.region[0]).toHaveLength(4);
  });

  it('has a vector of each cell: of its picture, of a file, or none', async () => {
    const folder = await toyPredictions();
    const ids = ['a.jpg', 'b.jpg', 'c.jpg'];
    const embedding = [Float32Array.of(1, 0), Float32Array.of(0, 1), null];
    await writeParquet(join(folder, 'some.parquet'), { image_id: ids, embedding });
    await writeParquet(join(folder, 'others.parquet'), { image_id: ['x'], embedding: [Float32Array.of(1)] });
    const run = (...more: string[]): ReturnType<typeof runCli> =>
      runCli(['report', 'predictions', '--by', 'image', '--out', 'r.html', '--force', ...more], { cwd: folder });
    await run();
    const looks = (await dataOf(join(folder, 'r.html'))).vectors!;
    expect(looks.words).toBe('colours and edges of the pictures');
    const { stderr } = await run('--embeddings', 'some.parquet');
    expect(stderr).toMatch(/warning: 1 of 3 images has no vector in some\.parquet, and no place on the map/);
    const { vectors, cells } = await dataOf(join(folder, 'r.html'));
    expect(vectors).toMatchObject({ words: 'some.parquet', near: 0.32 });
    const numbers = Buffer.from(vectors!.numbers, 'base64');
    expect(numbers.length).toBe(cells.id.length * vectors!.dimensions);
    await run('--embeddings', 'none');
    expect(await dataOf(join(folder, 'r.html'))).not.toHaveProperty('vectors');
    const other = await run('--embeddings', 'others.parquet');
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/a vector of none .* such as "x"/)]);
    const wrong = await run('--embeddings', 'clip.npz');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/expected a \.parquet file of vectors/)]);
  });

  it('--only shows the images of a batch, with the reason of each, or the boxes of a list', async () => {
    const folder = await toyPredictions();
    const batch = ['batch', 'predictions', '--count', '2', '--min-score', '0', '--out', 'batch.json'];
    expect(await runCli(batch, { cwd: folder })).toMatchObject({ code: 0 });
    const picked = JSON.parse(await readFile(join(folder, 'batch.json'), 'utf8')) as {
      readonly image_id: string;
      readonly reason: string;
    }[];
    const run = ['report', 'predictions', '--min-score', '0', '--only'];
    await runCli([...run, 'batch.json', '--by', 'image', '--out', 'batch.html'], { cwd: folder });
    const { cells } = await dataOf(join(folder, 'batch.html'));
    expect(cells.imageId.map((id, at) => [id, cells.reason![at]])).toEqual(
      picked.map(({ image_id, reason }) => [image_id, reason]),
    );
    await runCli(['rank', 'predictions', '--min-score', '0', '--limit', '2', '--out', 'boxes.csv'], { cwd: folder });
    await writeFile(join(folder, 'more.csv'), `${await readFile(join(folder, 'boxes.csv'), 'utf8')}9,gone.jpg\r\n`);
    const { stderr } = await runCli([...run, 'more.csv', '--out', 'boxes.html'], { cwd: folder });
    expect(stderr).toMatch(/warning: 1 of \d images of more.csv is not among the predictions/);
    const boxes = await dataOf(join(folder, 'boxes.html'));
    expect(boxes.cells.id).toHaveLength(2);
    expect(boxes.cells.reason).toBeUndefined();
    await writeFile(join(folder, 'others.txt'), 'x.jpg\ny.jpg\n');
    const none = await runCli([...run, 'others.txt', '--out', 'none.html'], { cwd: folder });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('only: none of the images of')]);
  });

  it('--column brings numbers of the list along, and says what a list does not have', async () => {
    const folder = await toyPredictions();
    const rank = ['rank', 'predictions', '--min-score', '0', '--limit', '3', '--out', 'boxes.csv'];
    expect(await runCli(rank, { cwd: folder })).toMatchObject({ code: 0 });
    const [head, ...lines] = (await readFile(join(folder, 'boxes.csv'), 'utf8')).trim().split(/\r?\n/);
    const costs = ['4.5', '', '1e3'];
    await writeFile(
      join(folder, 'list.csv'),
      [`${head},cost`, ...lines.map((line, at) => `${line},${costs[at]}`)].join('\n'),
    );
    const run = ['report', 'predictions', '--min-score', '0', '--only', 'list.csv'];
    await runCli([...run, '--column', 'cost', 'rank', '--out', 'boxes.html'], { cwd: folder });
    const { cells, columns } = await dataOf(join(folder, 'boxes.html'));
    expect([columns, cells.columns]).toEqual([
      ['cost', 'rank'],
      [
        [4.5, null, 1000],
        [1, 2, 3],
      ],
    ]);
    await runCli([...run, '--column', 'cost', '--by', 'image', '--out', 'images.html'], { cwd: folder });
    expect((await dataOf(join(folder, 'images.html'))).cells.columns[0]).toContain(4.5);
    const unknown = await runCli([...run, '--column', 'price'], { cwd: folder });
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringMatching(
        /--column price: there is no such column; .*list\.csv has rank, image_id, .*; .*predictions has width, height\n/,
      ),
    ]);
    const empty = await runCli([...run, '--column', 'second_score', '--column', 'error'], { cwd: folder });
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('--column error: there is no such column')]);
    const bare = await runCli(['report', 'predictions', '--column', 'cost'], { cwd: folder });
    expect([bare.code, bare.stderr]).toEqual([
      2,
      expect.stringMatching(/--column cost: there is no such column; .*predictions has width, height\n/),
    ]);
  });

  it('--column brings words of the list and columns that another tool joined to the predictions', async () => {
    const folder = await toyPredictions();
    await writeFile(join(folder, 'cameras.csv'), 'image_id,camera\na.jpg,front\nb.jpg,\nc.jpg,rear\n');
    const [shard, joined] = ['predictions/part-00000.parquet', 'new.parquet'].map((name) => join(folder, name));
    const sql = `COPY (SELECT p.* REPLACE (list_transform(detections, (d, i) -> struct_insert(d, place := i)) AS detections),
      'n' || file_row_number AS weather, file_row_number * 1.5 AS depth
      FROM read_parquet('${shard}', file_row_number = true) p ORDER BY file_row_number) TO '${joined}' (FORMAT parquet)`;
    expect(await runCli(['sql', '-c', sql], { cwd: folder })).toMatchObject({ stderr: '', code: 0 });
    await rename(joined!, shard!);
    const run = ['report', 'predictions', '--min-score', '0', '--only', 'cameras.csv', '--column'];
    const { code, stderr } = await runCli([...run, 'camera', 'depth', 'weather', 'place', '--out', 'boxes.html'], {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('rewritten by another tool')]);
    const { cells, columns, wordColumns } = await dataOf(join(folder, 'boxes.html'));
    expect([columns, wordColumns]).toEqual([
      ['depth', 'place'],
      ['camera', 'weather'],
    ]);
    const said = cells.id.map((_, at) => {
      const words = cells.words!.map(({ values, places }) => (places[at] === null ? null : values[places[at]!]));
      return [cells.imageId[at], cells.columns[0]![at], ...words];
    });
    const all = { 'a.jpg': [0, 'front', 'n0'], 'b.jpg': [1.5, null, 'n1'], 'c.jpg': [3, 'rear', 'n2'] };
    expect(said).toEqual(said.map(([id]) => [id, ...all[id as keyof typeof all]]));
    expect(cells.columns[1]).toEqual(cells.deciding[0]!.box.map((box) => box + 1));
    const images = await runCli([...run, 'place', '--by', 'image'], { cwd: folder });
    expect([images.code, images.stderr]).toEqual([
      2,
      expect.stringMatching(/--column place: is of boxes in .*; leave/),
    ]);
    const alone = ['report', 'predictions', '--by', 'image', '--column', 'weather', '--out', 'images.html'];
    expect(await runCli(alone, { cwd: folder })).toMatchObject({ code: 0 });
    expect((await dataOf(join(folder, 'images.html'))).wordColumns).toEqual(['weather']);
  });

  it('shows images, with the number that comes of their boxes', async () => {
    const folder = await toyPredictions();
    const run = ['report', 'predictions', '--by', 'image', '--aggregate', 'mean', '--min-score', '0'];
    expect(await runCli(run, { cwd: folder })).toMatchObject({ code: 0 });
    const { title, cells } = await dataOf(join(folder, 'qualm-report.html'));
    expect(title).toBe('Least sure images');
    expect(cells.imageId).toEqual(['c.jpg', 'b.jpg', 'a.jpg']);
    const list = await runCli(
      ['rank', 'predictions', '--level', 'images', '--aggregate', 'mean', '--min-score', '0', '--out', '-'],
      {
        cwd: folder,
      },
    );
    const margins = list.stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',').at(-2)));
    expect(cells.values[0]!.map((value) => value.toPrecision(6))).toEqual(margins.map((value) => value.toPrecision(6)));
    expect(cells.boxes[0]!.length / 8).toBe(4);
    expect(cells.region).toEqual([null, null, null]);
  });

  it('writes a folder where the path is not an HTML file', async () => {
    const folder = await toyPredictions();
    const { code, stderr } = await runCli(['report', 'predictions', '--out', 'r', '--min-score', '0'], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toMatch(/open .*index\.html\n$/);
    const { cells, pictureFolder } = await dataOf(join(folder, 'r/index.html'));
    expect(pictureFolder).toMatch(/^thumbnails\/[0-9a-f]{16}\/$/);
    expect((await readFile(join(folder, 'r', pictureFolder, cells.src[0]!))).subarray(0, 2)).toEqual(
      Buffer.of(0xff, 0xd8),
    );
  });

  it('draws what labels say of the model', async () => {
    const folder = await toyPredictions();
    const box = { id: 1, image_id: 'c.jpg', category_id: 1, bbox: [0, 0, 4, 4], area: 16, iscrowd: 0 };
    const coco = {
      images: ['a.jpg', 'b.jpg', 'c.jpg'].map((id) => ({ id, file_name: id, width: 64, height: 48 })),
      categories: [{ id: 1, name: 'green' }],
      annotations: [box, { ...box, id: 2, image_id: 'a.jpg' }],
    };
    await writeFile(join(folder, 'labels.json'), JSON.stringify(coco));
    const run = ['report', 'predictions', '--coco', 'labels.json', '--min-score', '0'];
    const { code, stderr } = await runCli(run, { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: .*labels\.json does not label/);
    const { charts } = await dataOf(join(folder, 'qualm-report.html'));
    expect(charts.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^(part \d, 1 image: (\d\.\d\d|nothing to find)(; |$)){3}$/),
      expect.stringContaining('Reliability diagram'),
    ]);
  });

  it('shows another model and people beside, and ranks by where the two models differ', async () => {
    const folder = await toyPredictions();
    await runCli(['predict', ...inputs, '--out', 'other/predictions', '--form', 'detections'], { cwd: folder });
    const annotation = { id: 1, image_id: 'c.jpg', category_id: 1, bbox: [0, 0, 4, 4], area: 16, iscrowd: 0 };
    const coco = {
      images: [{ id: 'c.jpg', file_name: 'c.jpg', width: 64, height: 48 }],
      categories: [{ id: 1, name: 'thing' }],
      annotations: [annotation],
    };
    await writeFile(join(folder, 'labels.json'), JSON.stringify(coco));
    const beside = ['--against', 'other/predictions', '--coco', 'labels.json', '--strategy', 'disagreement'];
    const run = ['report', 'predictions', '--by', 'image', ...beside, '--min-score', '0'];
    expect(await runCli(run, { cwd: folder })).toMatchObject({ code: 0 });
    const { layers, strategies, cells, labels } = await dataOf(join(folder, 'qualm-report.html'));
    expect(layers).toEqual([folder.split('/').at(-1), 'other', 'labelled']);
    expect(strategies.map(({ name }) => name)).toEqual([
      ...['disagreement', 'marginUncertainty', 'entropy', 'leastConfidence'],
    ]);
    // The same model, but boxes with one score are kept from 0.5 on, which those of the torn
    // photograph do not reach.
    expect([cells.imageId[0], cells.values[0]]).toEqual(['c.jpg', [4, 0, 0]]);
    expect(labels).toContain('thing');
    const ofC = cells.boxes[cells.imageId.indexOf('c.jpg')]!;
    expect(new Set(ofC.filter((_, at) => at % 8 === 0))).toEqual(new Set([0, 2]));
    expect(cells.boxes[1]!.filter((_, at) => at % 8 === 0)).toContain(1);
    expect(ofC.slice(-8)).toEqual([2, labels.indexOf('thing'), -1, 0, 0, 4, 4, -1]);
  });

  it('of predictions with one score for a box ranks those nearest to one half first', async () => {
    const folder = await toyPredictions('--form', 'detections');
    expect(await runCli(['report', 'predictions', '--min-score', '0'], { cwd: folder })).toMatchObject({ code: 0 });
    const { cells } = await dataOf(join(folder, 'qualm-report.html'));
    const margins = cells.values[0]!;
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
  });

  it('keeps boxes of images that are gone, without a picture, and says how many', async () => {
    const folder = await toyPredictions();
    await rm(join(folder, 'photos/c.jpg'));
    const { code, stdout, stderr } = await runCli(['report', 'predictions', '--min-score', '0', '--json'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: \d+ boxes have no picture/);
    const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as { type: string; cells: number; missing: number };
    expect(result).toMatchObject({ type: 'result', out: join(folder, 'qualm-report.html') });
    const { cells } = await dataOf(join(folder, 'qualm-report.html'));
    expect(cells.src.filter((src) => src === null)).toHaveLength(result.missing);
    expect(result.missing).toBeGreaterThan(0);
  });

  it.each([
    [['report', 'nowhere'], 1],
    [['report', 'predictions', '--cells', '0'], 2],
    [['report', 'predictions', '--strategy', 'luck'], 2],
    [['report', 'predictions', '--strategy', 'disagreement'], 2],
    [['report', 'predictions', '--against', 'nowhere'], 1],
    [['report', 'predictions', '--coco', 'nowhere.json'], 1],
    [['report', 'predictions', '--out', 'no/such/folder.html'], 1],
  ] as const)('%j ends with %i and writes nothing', async (args, code) => {
    const folder = await toyPredictions();
    expect(await runCli(args, { cwd: folder })).toMatchObject({ code, stdout: '' });
    await expect(stat(join(folder, 'qualm-report.html'))).rejects.toThrow();
  });

  it('is there in the compiled command', async () => {
    const folder = await toyPredictions();
    expect(await spawnCli(['report', 'predictions', '--out', 'r.html'], { cwd: folder })).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'r.html'), 'utf8')).toContain('Content-Security-Policy');
  });
});
