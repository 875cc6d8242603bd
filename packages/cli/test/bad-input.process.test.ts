import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lines, pictureNames, runCli, spawnCli, temporaryFolder } from './run-cli.ts';
import { jpegOf, writeImages } from './toy-images.ts';
import { toySpec, writeToyModel } from './toy-model.ts';
import { inputs, toyProject } from './toy-run.ts';

/** Names that file systems allow; Windows knows fewer. */
const oddNames = [
  'two words.jpg',
  "quote'.jpg",
  'hash#1.jpg',
  '100%25.jpg',
  'größe-日本-🦊.jpg',
  'semi;colon&and.jpg',
  ...(process.platform === 'win32' ? [] : ['double"quote.jpg', 'back\\slash.jpg', 'new\nline.jpg', 'esc\u001b[2J.jpg']),
];

describe('images of all kinds', () => {
  it('broken ones are rows with an error, listed at the end', async () => {
    const folder = await toyProject();
    const photos = join(folder, 'photos');
    const whole = await jpegOf([1, 2, 3]);
    await writeFile(join(photos, 'empty.jpg'), '');
    await writeFile(join(photos, 'text.jpg'), 'not a picture');
    await writeFile(join(photos, 'truncated.jpg'), whole.subarray(0, whole.length / 3));
    const { code, stderr } = await runCli(['select', ...inputs, '--out', 'found'], { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toMatch(/6 images in .*, 3 failed, 12 boxes/);
    const listed = stderr.slice(stderr.indexOf('3 failed:'));
    for (const name of ['empty.jpg', 'text.jpg', 'truncated.jpg'])
      expect(listed).toMatch(new RegExp(`^ {2}"${name}": \\S+`, 'm'));
    const selection = await readSelection(join(folder, 'found'));
    expect(selection.counts).toMatchObject({ images: 6, failed: 3, boxes: 12 });
    expect(selection.images.slice(3).map(({ marginUncertainty, error }) => [marginUncertainty, typeof error])).toEqual(
      Array.from({ length: 3 }, () => [null, 'string']),
    );
  });

  it('more failures than fit are counted', async () => {
    const folder = await toyProject();
    for (let i = 0; i < 12; i++) await writeFile(join(folder, `photos/x${i}.jpg`), '');
    const { stderr } = await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    expect(stderr).toMatch(/12 failed:\n( {2}"x.*\n){10} {2}and 2 more\n/);
  });

  it('odd names come through to lists and pictures', async () => {
    const folder = await temporaryFolder();
    await writeImages(join(folder, 'photos'), Object.fromEntries(oddNames.map((name) => [name, [255, 200, 0]])));
    await writeToyModel(join(folder, 'model'));
    const { code, stdout, stderr } = await spawnCli(['select', ...inputs, '--out', 'found'], { cwd: folder });
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: '' });
    expect(stderr).toContain(`${oddNames.length} images in`);
    expect(stderr).toMatch(/  red \.\d\d or \w+ \.\d\d  100%25\.jpg +box \d; 4 boxes/);
    expect(stderr).not.toContain('\u001b');
    const { counts, images } = await readSelection(join(folder, 'found'));
    expect(counts).toMatchObject({ failed: 0 });
    expect(images.map(({ image_id }) => image_id).sort()).toEqual([...oddNames].sort());
    expect(await pictureNames(join(folder, 'found/pictures'))).toHaveLength(oddNames.length);
  });

  it('a COCO file whose images are missing or outside of the folder gives rows with errors', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'secret.jpg'), await jpegOf([0, 0, 255]));
    const names = ['a.jpg', '../secret.jpg', 'gone.jpg', '/etc/hostname'];
    const coco = {
      images: names.map((file_name, i) => ({ id: i + 1, file_name, width: 64, height: 48 })),
      annotations: [],
      categories: [{ id: 1, name: 'red' }],
    };
    await writeFile(join(folder, 'instances.json'), JSON.stringify(coco));
    const run = ['select', '--coco', 'instances.json', ...inputs, '--out', 'found', '--json'];
    const { code, stdout, stderr } = await runCli(run, { cwd: folder });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const result = lines(stdout).at(-1) as { failures: { image_id: number; code: string; message: string }[] };
    expect(result).toMatchObject({ images: 4, failed: 3, boxes: 4 });
    expect(result.failures.map(({ image_id, code }) => [image_id, code])).toEqual([
      [2, 'path-outside'],
      [3, 'image-missing'],
      [4, 'path-outside'],
    ]);
    expect(stderr).toContain('gone.jpg');
  });

  it('a list may name files that are not there', async () => {
    const folder = await toyProject();
    const { code, stdout } = await runCli(
      ['predict', '--images', '-', '--model', 'model/quarters.json', '--out', '-'],
      { cwd: folder, stdin: 'photos/a.jpg\nphotos/gone.jpg\nphotos' },
    );
    expect(code).toBe(0);
    expect(lines(stdout).map(({ error }) => (error as { code: string } | null)?.code ?? null)).toEqual([
      null,
      'image-missing',
      expect.stringMatching(/^(image-invalid|io)$/),
    ]);
  });
});

describe('inputs that cannot work fail with a line that says why', () => {
  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    ['no folder', async () => [], /"[^"]*nowhere" failed \(ENOENT/],
    ['an empty folder', (folder) => mkdir(join(folder, 'nowhere')), /there is none in "nowhere"/],
    [
      'a folder without images',
      async (folder) => {
        await mkdir(join(folder, 'nowhere'));
        await writeFile(join(folder, 'nowhere/notes.txt'), 'x');
      },
      /there is none in "nowhere"/,
    ],
  ])('%s', async (_, prepare, message) => {
    const folder = await toyProject();
    await prepare(folder);
    const run = ['select', '--images', 'nowhere', '--model', 'model/quarters.json', '--out', 'found'];
    await expectFailure(run, folder, message);
  });

  it('an empty list on stdin', async () => {
    const folder = await toyProject();
    await expectFailure(['select', '--images', '-', '--model', 'model/quarters.json'], folder, /there is none in "-"/);
  });

  it.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    ['a model that is not ONNX', (model) => writeFile(join(model, 'quarters.onnx'), 'no model'), /quarters\.onnx/],
    ['an empty model', (model) => writeFile(join(model, 'quarters.onnx'), ''), /quarters\.onnx/],
    [
      'a spec that is not valid JSON',
      (model) => writeFile(join(model, 'quarters.json'), '{'),
      /quarters\.json" is not valid JSON/,
    ],
    ['a spec that is not a spec', (model) => writeFile(join(model, 'quarters.json'), '{}'), /specVersion/],
    [
      'a model that is not there',
      (model) => writeToyModel(model, { spec: { ...toySpec, files: { model: 'other.onnx' } } }),
      /other\.onnx.*give its folder as --model-root/,
    ],
    [
      'a model outside of its folder',
      (model) => writeToyModel(model, { spec: { ...toySpec, files: { model: '../other.onnx' } } }),
      /files\.model/,
    ],
    [
      'outputs that the model has not',
      (model) =>
        writeToyModel(model, { spec: { ...toySpec, head: { ...toySpec.head, outputs: { scores: 's', boxes: 'b' } } } }),
      /needs "s", "b", the model has outputs "scores" float32 \[1,4,3\]/,
    ],
    [
      'another input size',
      (model) =>
        writeToyModel(model, { spec: { ...toySpec, input: { ...toySpec.input, size: { width: 64, height: 64 } } } }),
      /input is float32 \[1,3,64,64\].*the model has input "x" float32 \[1,3,32,32\]/,
    ],
    [
      'too few labels',
      (model) => writeToyModel(model, { spec: { ...toySpec, labels: toySpec.labels.slice(0, 2) } }),
      /does not fit its model.*3.*2/,
    ],
    [
      'too few labels in a file',
      async (model) => {
        await writeToyModel(model, { spec: { ...toySpec, labels: 'data.yaml' } });
        await writeFile(join(model, 'data.yaml'), 'names: [red, green]\n');
      },
      /spec "quarters", with the labels of data\.yaml, does not fit its model.*3.*2/,
    ],
    [
      'a list of too many labels',
      (model) => writeToyModel(model, { spec: { ...toySpec, labels: 'coco-80' } }),
      /spec "quarters", with the labels of coco-80, does not fit its model.*3.*80/,
    ],
    ['an unknown flavor', (model) => writeToyModel(model, { spec: { ...toySpec, flavor: 'caffe' } }), /flavor "caffe"/],
  ])('%s', async (_, prepare, message) => {
    const folder = await toyProject();
    await prepare(join(folder, 'model'));
    await expectFailure(['select', ...inputs, '--out', 'found'], folder, message);
  });

  it('invalid predictions', async () => {
    const folder = await toyProject();
    await expectFailure(['rank', 'photos'], folder, /photos" has no _qualm\.json/);
    await expectFailure(['rank', 'nowhere'], folder, /nowhere/);
    await expectFailure(['render', 'photos/a.jpg'], folder, /a\.jpg/);
  });

  it('results that cannot be written', async () => {
    const folder = await toyProject();
    await writeFile(join(folder, 'taken'), 'a file');
    await expectFailure(['select', ...inputs, '--out', 'taken'], folder, /taken/);
    await expectFailure(['predict', ...inputs, '--out', 'photos'], folder, /is not empty/);
    await runCli(['predict', ...inputs, '--out', 'predictions'], { cwd: folder });
    await expectFailure(['rank', 'predictions', '--out', 'nowhere/list.json'], folder, /nowhere.list\.json/);
    await expectFailure(['rank', 'predictions', '--out', 'nowhere/list.csv'], folder, /nowhere.list\.csv/);
    await expectFailure(['render', 'predictions', '--out', 'taken'], folder, /taken/);
  });
});

interface Selection {
  readonly counts: unknown;
  readonly images: readonly {
    readonly image_id: string;
    readonly marginUncertainty: number | null;
    readonly error: string | null;
  }[];
}

async function readSelection(folder: string): Promise<Selection> {
  return JSON.parse(await readFile(join(folder, 'selection.json'), 'utf8')) as Selection;
}

async function expectFailure(args: readonly string[], cwd: string, message: RegExp): Promise<void> {
  const { code, stdout, stderr } = await runCli(args, { cwd });
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
  const [last] = stderr.trim().split('\n').slice(-1);
  expect(last).toMatch(message);
  expect(last).toMatch(/^qualm: /);
}
