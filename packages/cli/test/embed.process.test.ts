import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEmbeddings, readParquet, writeParquet } from '@qualm/datasets';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { jpegOf, writeImages } from './toy-images.ts';
import { toySpec, writeToyModel } from './toy-model.ts';
import { inputs, toyProject } from './toy-run.ts';

/** The toy detector as an encoder: the mean of its four distributions of red, green and blue. */
const { labels: _labels, scoreKind: _kind, ...unlabelled } = toySpec;
const encoderSpec = {
  ...unlabelled,
  name: 'mean-colour',
  head: { type: 'embedding', outputs: { embedding: 'scores' }, pool: 'mean' },
};

/** Photographs that are wholly red but for a little green, wholly green, and broken. */
async function photographs(): Promise<string> {
  const folder = await toyProject();
  await writeToyModel(join(folder, 'encoder'), { spec: encoderSpec });
  await writeImages(join(folder, 'photos'), {
    ...{ 'red-1.jpg': [255, 200, 0], 'red-2.jpg': [255, 210, 0], 'red-3.jpg': [255, 220, 0] },
    ...{ 'green-1.jpg': [100, 255, 0] },
  });
  return folder;
}

const embed = ['embed', '--images', 'photos', '--model', 'encoder/quarters.json'];

describe('qualm embed', () => {
  it('writes the vector of each image, and the error of a broken one', async () => {
    const folder = await photographs();
    await writeFile(join(folder, 'photos', 'torn.jpg'), 'no picture');
    const { code, stderr } = await spawnCli(embed, { cwd: folder });
    expect(stderr).toMatch(/8 images in .* s, vectors of 3 numbers, 1 failed\n1 failed:\n {2}"torn.jpg": /);
    expect(code).toBe(0);
    const stored = await readEmbeddings(join(folder, 'embeddings.parquet'));
    expect([stored.dimensions, stored.size, stored.without]).toEqual([3, 7, ['torn.jpg']]);
    const [red, green, blue] = stored.get('red-1.jpg')!;
    const weights = [255, 200, 0].map((value) => Math.exp((4 * value) / 255));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    [red, green, blue].forEach((value, at) => expect(value).toBeCloseTo(weights[at]! / sum, 2));
  });

  it('takes any output of any model, and says the run as JSON', async () => {
    const folder = await photographs();
    const given = ['embed', ...inputs, '--output', 'scores', '--pool', 'none', '--out', 'all.npz', '--json'];
    const { stdout } = await runCli(given, { cwd: folder });
    const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as object;
    expect(result).toMatchObject({ type: 'result', done: 7, dimensions: 12, failed: 0 });
    expect((await readFile(join(folder, 'all.npz'))).subarray(0, 2).toString()).toBe('PK');
  });

  it('--dry-run writes nothing, --strict fails for a broken image', async () => {
    const folder = await photographs();
    const before = await readdir(folder);
    expect((await runCli([...embed, '--dry-run'], { cwd: folder })).code).toBe(0);
    expect(await readdir(folder)).toEqual(before);
    await writeFile(join(folder, 'photos', 'torn.jpg'), 'no picture');
    expect((await runCli([...embed, '--strict'], { cwd: folder })).code).toBe(3);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['a file of another kind', [...embed, '--out', 'a.csv'], 2, /ends in none of .npz, .parquet, .arrow/],
    ['a file that is there', [...embed, '--out', 'there.npz'], 2, /there\.npz is there already/],
    ['stdout', [...embed, '--out', '-'], 2, /a file is written here, not stdout/],
    ['a folder that is not there', [...embed, '--out', 'no/a.npz'], 2, /there is no folder .*no; make it/],
    ['--pool of a head', [...embed, '--pool', 'max'], 2, /--pool is for --output/],
    ['a gate of boxes', [...embed, '--fail-on', 'boxes<1'], 2, /vectors have no boxes/],
    ['a detector without --output', ['embed', ...inputs], 1, /head ssd gives boxes or class scores/],
    [
      'an output that is not there',
      ['embed', ...inputs, '--output', 'x'],
      1,
      /needs "x", the model has outputs "scores"/,
    ],
  ])('%s: exit code %#, and a word of what to do', async (_, args, code, message) => {
    const folder = await photographs();
    await writeFile(join(folder, 'there.npz'), '');
    const run = await runCli(args, { cwd: folder });
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });

  it('predict with an encoder says what to do', async () => {
    const folder = await photographs();
    const args = ['predict', '--images', 'photos', '--model', 'encoder/quarters.json', '--out', 'out'];
    const { code, stderr } = await runCli(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('head embedding makes vectors, which have no boxes and no class scores; store them with');
  });
});

describe('qualm embed --boxes', () => {
  const ofBoxes = ['embed', '--boxes', 'predictions', '--model', 'encoder/quarters.json', '--out', 'boxes.parquet'];

  async function predicted(): Promise<string> {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions', '--min-score', '0'], { cwd: folder });
    return folder;
  }

  it('writes a vector of each box, by which boxes are mapped and images chosen', async () => {
    const folder = await predicted();
    const { code, stderr } = await runCli([...ofBoxes, '--min-score', '0'], { cwd: folder });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/28 boxes in .* s, vectors of 3 numbers, 0 failed/)]);
    const stored = await readEmbeddings(join(folder, 'boxes.parquet'));
    expect([stored.size, stored.boxes, stored.dimensions]).toEqual([0, 28, 3]);
    const [red, green] = stored.get('red-1.jpg', 3)!;
    expect(red! / green!).toBeCloseTo(Math.exp((4 * 55) / 255), 1);

    const report = ['report', 'predictions', '--min-score', '0', '--embeddings', 'boxes.parquet', '--out'];
    const boxes = await runCli([...report, 'boxes.html'], { cwd: folder });
    expect([boxes.code, boxes.stderr]).toEqual([0, expect.not.stringMatching(/have no vector|goes by/)]);
    expect(await readFile(join(folder, 'boxes.html'), 'utf8')).toContain('"words":"boxes.parquet, of each box"');
    const images = await runCli([...report, 'images.html', '--by', 'image'], { cwd: folder });
    expect(images.stderr).toContain(
      'boxes.parquet: has vectors of boxes; an image goes by the box that its number comes',
    );

    const batch = ['batch', 'predictions', '--count', '2', '--json', '--diverse', 'boxes.parquet'];
    const { stdout } = await runCli(batch, { cwd: folder });
    expect((JSON.parse(stdout) as { image_id: string }[]).map(({ image_id }) => image_id)).toEqual(['c.jpg', 'a.jpg']);
  });

  it('vectors of boxes of other predictions are refused, with what to do', async () => {
    const folder = await predicted();
    await runCli([...ofBoxes, '--min-score', '0'], { cwd: folder });
    await rename(join(folder, 'predictions'), join(folder, 'before'));
    // Boxes of twice the size in an image; in another they are as before.
    await writeFile(join(folder, 'photos', 'b.jpg'), await jpegOf([0, 0, 255], { width: 128, height: 96 }));
    await runCli(['predict', ...inputs, '--out', 'predictions', '--min-score', '0'], { cwd: folder });
    const stale =
      /boxes\.parquet: is older than the predictions: of image "b\.jpg" box \d was at \(.*\) when its vector was made, and is at \(.*\); \d of 28 boxes are elsewhere\. Make the vectors again with qualm embed --boxes/;
    const commands = [
      ['report', '--embeddings', 'boxes.parquet'],
      ['report', '--embeddings', 'boxes.parquet', '--by', 'image'],
      ['serve', '--embeddings', 'boxes.parquet'],
      ['batch', '--count', '2', '--diverse', 'boxes.parquet'],
    ];
    for (const [command, ...more] of commands) {
      const { code, stderr } = await runCli([command!, 'predictions', '--min-score', '0', ...more], { cwd: folder });
      expect([code, stderr]).toEqual([2, expect.stringMatching(stale)]);
    }
    const before = ['report', 'before', '--min-score', '0', '--embeddings', 'boxes.parquet'];
    expect((await runCli(before, { cwd: folder })).code).toBe(0);
    // What does not say where its boxes were cannot be held against them.
    const { columns } = await readParquet(join(folder, 'boxes.parquet'));
    const { image_id, box_index, embedding } = columns;
    await writeParquet(join(folder, 'bare.parquet'), { image_id, box_index, embedding } as never);
    const bare = ['report', 'predictions', '--min-score', '0', '--embeddings', 'bare.parquet'];
    expect((await runCli(bare, { cwd: folder })).code).toBe(0);
  });

  it('boxes without a vector are counted, and whole images beside them are not compared with boxes', async () => {
    const folder = await predicted();
    await writeParquet(join(folder, 'both.parquet'), {
      image_id: ['a.jpg', 'a.jpg', 'b.jpg'],
      box_index: [null, 0, 0],
      embedding: [
        [1.5, 0],
        [0, 1.5],
        [1, 1.5],
      ],
    });
    const report = ['report', 'predictions', '--min-score', '0', '--embeddings', 'both.parquet', '--out'];
    const boxes = await runCli([...report, 'boxes.html'], { cwd: folder });
    expect(boxes.stderr).toContain('26 of 28 boxes have no vector in both.parquet');
    const images = await runCli([...report, 'images.html', '--by', 'image'], { cwd: folder });
    expect(images.stderr).toContain('6 of 7 images have no vector in both.parquet');
  });

  it('--dry-run counts boxes; each box of an image that is gone fails', async () => {
    const folder = await predicted();
    await rename(join(folder, 'photos', 'a.jpg'), join(folder, 'photos', 'moved.jpg'));
    const dry = await runCli([...ofBoxes, '--min-score', '0', '--dry-run'], { cwd: folder });
    expect([dry.code, dry.stderr]).toEqual([0, expect.stringMatching(/^28 boxes would go to .*boxes\.parquet$/m)]);
    const { stderr } = await runCli([...ofBoxes, '--min-score', '0', '--limit', '2'], { cwd: folder });
    expect(stderr).toMatch(/8 boxes in .*, 4 failed\n4 failed:\n {2}"a.jpg": /);
    const stored = await readEmbeddings(join(folder, 'boxes.parquet'));
    expect([stored.boxes, stored.without]).toEqual([4, ['a.jpg']]);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['--images beside it', [...ofBoxes, '--images', 'photos'], /--boxes: its predictions name their images/],
    ['a score that no box has', [...ofBoxes, '--min-score', '1'], /has no box of --min-score or more/],
    ['--min-score without it', [...embed, '--min-score', '0.5'], /--min-score is for --boxes/],
  ])('%s: exit code 2', async (_, args, message) => {
    const { code, stderr } = await runCli(args, { cwd: await predicted() });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('qualm batch --diverse', () => {
  it.each(['embeddings.parquet', 'encoder/quarters.json'])('chooses images that differ, by %s', async (diverse) => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    if (diverse.endsWith('.parquet')) await runCli(embed, { cwd: folder });
    const given = ['batch', 'predictions', '--count', '2', '--json'];
    const idsOf = async (...more: string[]): Promise<unknown[]> => {
      const { stdout } = await runCli([...given, ...more], { cwd: folder });
      return (JSON.parse(stdout) as { image_id: string }[]).map(({ image_id }) => image_id);
    };
    const plain = await idsOf();
    expect(plain).toEqual(['c.jpg', 'red-3.jpg']);
    expect(await idsOf('--diverse', diverse)).toEqual(['c.jpg', 'a.jpg']);
    expect(await idsOf('--diverse', diverse, '--candidates', '4')).toEqual(['c.jpg', 'red-1.jpg']);
  });

  it('chooses by colours and edges where there is no model, and by other methods', async () => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    const given = ['batch', 'predictions', '--count', '3', '--json', '--diverse'];
    const chosen = async (...more: string[]): Promise<{ image_id: string; distance?: number; reason: string }[]> => {
      const { code, stdout, stderr } = await runCli([...given, ...more], { cwd: folder });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning: 7 of')]);
      return JSON.parse(stdout) as { image_id: string; distance?: number; reason: string }[];
    };
    const far = await chosen();
    // Never two of the red ones, which look alike.
    expect(far.filter(({ image_id }) => image_id.startsWith('red')).length).toBeLessThan(2);
    expect(far[0]!.distance).toBeNull();
    const typical = await chosen('--diverse-by', 'typical');
    expect(typical[0]!.reason).toMatch(/^the most typical image left in a cluster of/);
    expect(typical[0]).not.toHaveProperty('distance');
    expect((await chosen('pictures', '--diverse-by', 'coverage'))[0]!.reason).toMatch(/^covers \d/);
  });

  it('finds the files of a spec in --model-root', async () => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    await rename(join(folder, 'encoder/quarters.json'), join(folder, 'quarters.json'));
    const given = ['batch', 'predictions', '--count', '2', '--diverse', 'quarters.json', '--json'];
    expect((await runCli(given, { cwd: folder })).code).toBe(1);
    const { stdout } = await runCli([...given, '--model-root', 'encoder'], { cwd: folder });
    expect((JSON.parse(stdout) as { image_id: string }[]).map(({ image_id }) => image_id)).toEqual(['c.jpg', 'a.jpg']);
  });

  it('says which images have no vector, and where none has', async () => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    await runCli([...embed, '--limit', '3'], { cwd: folder });
    const given = ['batch', 'predictions', '--count', '2', '--diverse', 'embeddings.parquet'];
    const { stderr } = await runCli(given, { cwd: folder });
    expect(stderr).toMatch(/warning: 4 of 7 images have no vector and are not picked; the first is "/);
    const other = await runCli([...given.slice(0, -1), 'nowhere.npz'], { cwd: folder });
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/only .parquet is read/)]);
  });

  it('counts vectors of zeros, and those with NaN, as none', async () => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    const ids = ['a.jpg', 'b.jpg', 'c.jpg'];
    const vectors = [Float32Array.of(1, 2), Float32Array.of(0, 0), Float32Array.of(NaN, 1)];
    await writeParquet(join(folder, 'some.parquet'), { image_id: ids, embedding: vectors });
    const given = ['batch', 'predictions', '--count', '1', '--diverse', 'some.parquet'];
    const { stderr } = await runCli(given, { cwd: folder });
    expect(stderr).toMatch(/6 of 7 images have no vector .* 2 of them have one that is zeros, or has NaN/);
    const report = ['report', 'predictions', '--by', 'image', '--embeddings', 'some.parquet', '--out', 'some.html'];
    const page = await runCli(report, { cwd: folder });
    expect(page.stderr).toMatch(/6 of 7 images have no vector in some.parquet, .* 2 of them have one that is zeros/);
    await writeParquet(join(folder, 'some.parquet'), { image_id: ids.slice(1), embedding: vectors.slice(1) });
    const none = await runCli(report, { cwd: folder });
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringMatching(/a vector of none of the 7 images, .* 2 of them/),
    ]);
  });

  it('a device that is set for all commands does not end a batch without --diverse', async () => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    const run = await runCli(['batch', 'predictions', '--count', '1'], { cwd: folder, env: { QUALM_DEVICE: 'cpu' } });
    expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('--device')]);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['--candidates alone', ['--candidates', '5'], /--candidates is for --diverse/],
    ['--diverse-by alone', ['--diverse-by', 'typical'], /--diverse-by is for --diverse/],
    ['a method with groups', ['--diverse', '--diverse-by', 'typical', '--group-by', 'folder'], /does not go with/],
    ['a method of no name', ['--diverse', '--diverse-by', 'far'], /Allowed choices are k-center, typical, coverage/],
    ['minimums', ['--diverse', 'e.parquet', '--quota', 'red=1:2'], /quotas that have no minimum/],
    ['--balance', ['--diverse', 'e.parquet', '--balance'], /cannot be used with option '--balance'/],
  ])('%s: exit code 2', async (_, more, message) => {
    const folder = await photographs();
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    const { code, stderr } = await runCli(['batch', 'predictions', ...more], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
