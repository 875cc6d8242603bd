import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { compileProject } from '../src/compile-project.ts';
import { folderSize } from '../src/folder-size.ts';
import { installBeside, installPacked, packPackages } from '../src/packed-package.ts';
import type { PackedPackage } from '../src/packed-package.ts';
import { root } from '../src/repository.ts';

const run = promisify(execFile);
const onnx = join(root, 'packages/cli/assets/affine.onnx');
const tfjs = join(root, 'packages/cli/assets/affine-tfjs/model.json');

/** What each program of `consumers/` prints. */
const consumers = [
  { name: '@qualm/types', args: [], prints: '0.14285714285714285\n', strict: true },
  { name: '@qualm/evaluation', args: [], prints: "[ '0 1 0.6' ]\n", strict: true },
  { name: '@qualm/strategies', args: [], prints: '0.25 ascending 0.6365141682948128\n', strict: true },
  { name: '@qualm/threads', args: [], prints: '2 1,8,27\n' },
  { name: '@qualm/jpeg', args: [], prints: '16 8 255,255,255,255\n', strict: true },
  { name: '@qualm/vision', args: [], prints: '2 1 255,0,0,0,0,255\n' },
  { name: '@qualm/inference-onnx', args: [onnx], prints: 'cpu 1,2 22.5,27\n' },
  {
    name: '@qualm/inference-tfjs',
    args: [tfjs],
    prints: 'wasm 1,2 22.5,27\n',
    extra: ['@tensorflow/tfjs-backend-wasm@4.22.0'],
  },
  { name: '@qualm/datasets', args: [], prints: 'a.png,b.jpg a.png,b.jpg 0.5,0.25\n' },
  { name: '@qualm/viz', args: [], prints: 'true true PNG\n' },
  { name: '@qualm/pipeline', args: [], prints: 'a.jpg,1,2 image-missing false\n' },
  { name: '@qualm/tables', args: [], prints: '3 a,b,a 0.125,0.25,0.5\n' },
  { name: '@qualm/simulator', args: [], prints: '12 0 random,margin\n' },
  { name: '@qualm/report', args: [], prints: 'true true true\n' },
  { name: '@qualm/notebook', args: [], prints: 'true 1 row\n' },
  { name: '@qualm/registry-mlflow', args: [], prints: '0 registered model-missing\n' },
  { name: '@qualm/selection', args: [], prints: '1.jpg 0,0.jpg 0.75 1.jpg\n' },
  { name: '@qualm/sql', args: [], prints: '0.25 0.5 42\n' },
  {
    name: '@qualm/draft',
    args: [],
    prints: 'models draft: "missing.onnx" is not there; give an .onnx file, or the model.json of TF.js\n',
    strict: true,
  },
  { name: '@qualm/remote', args: [], prints: 'unsupported\n' },
  { name: '@qualm/worker', args: [], prints: '1 first 64\n' },
  { name: '@qualm/spark', args: [], prints: '11 true\n' },
  { name: '@qualm/testkit', args: [onnx], prints: 'true\n' },
  { name: 'qualm', args: [], prints: /"runs":"ONNX on CPU","ok":true.*"runs":"TF.js on WASM","ok":true.*\n0\n$/ },
] as const;

let scratch: string;
let packed: Map<string, PackedPackage>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qualm-packed-'));
  process.stderr.write(`integration: installing each public package and what it needs in a project under ${scratch}\n`);
  packed = await packPackages(scratch);
});

afterAll(() => rm(scratch, { recursive: true }));

it('every public package has a program that uses it', () => {
  expect([...packed.keys()].sort()).toEqual(consumers.map(({ name }) => name).sort());
});

describe.each(consumers)('$name, packed and installed alone', (consumer) => {
  const { name, args, prints } = consumer;
  const topic = name.replace('@qualm/', '');
  let project: string;

  beforeAll(async () => {
    project = await mkdtemp(join(scratch, `${topic}-`));
    await installPacked(name, packed, project, 'extra' in consumer ? consumer.extra : []);
  });

  afterAll(() => rm(project, { recursive: true }));

  it('holds what it exports, and no tests, fixtures or build information', () => {
    const { files } = packed.get(name)!;
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']));
    expect(
      files.filter((path) => /(^|\/)(test|test-integration|fixtures)\/|\.tsbuildinfo$|\.test\./.test(path)),
    ).toEqual([]);
  });

  it('compiles in a strict project, and does its work in plain Node', async () => {
    await copyFile(join(root, 'integration/consumers', `${topic}.ts`), join(project, 'main.ts'));
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig('strict' in consumer)));
    compileProject(project);
    const { stdout } = await run(process.execPath, ['main.js', ...args], { cwd: project });
    if (typeof prints === 'string') expect(stdout).toBe(prints);
    else expect(stdout).toMatch(prints);
  });

  it('says what it weighs', async () => {
    const { size, unpackedSize } = packed.get(name)!;
    const installed = await folderSize(join(project, 'node_modules'));
    const weights = [size, unpackedSize, installed].map((bytes) => `${(bytes / 1024).toFixed(0)} KiB`);
    process.stdout.write(
      `${name}: tarball ${weights[0]}, unpacked ${weights[1]}, installed with all it needs ${weights[2]}\n`,
    );
    expect(installed).toBeGreaterThan(unpackedSize);
  });

  if (name !== 'qualm') return;

  it('selects from photographs in three lines of a program', async () => {
    const images = await demoPhotographs(() => undefined);
    const { onnx: modelRoot } = await cocoSsd(() => undefined);
    const model = join(root, 'examples/models/coco-ssd-onnx.json');
    await copyFile(join(root, 'integration/consumers/select.ts'), join(project, 'main.ts'));
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig(false)));
    compileProject(project);
    const { stdout } = await run(process.execPath, ['main.js', images, model, modelRoot], { cwd: project });
    expect(stdout).toMatch(/^18 images\n18 rows\n(\d+) boxes\n\1 cells\n$/);
  });

  it('selects from photographs on the command line', async () => {
    const images = await demoPhotographs(() => undefined);
    const { onnx: modelRoot } = await cocoSsd(() => undefined);
    const model = ['--model', join(root, 'examples/models/coco-ssd-onnx.json'), '--model-root', modelRoot];
    const qualm = join(project, 'node_modules/.bin/qualm');
    await run(qualm, ['select', '--images', images, ...model, '--device', 'cpu', '--top', '3', '--out', 'selection'], {
      cwd: project,
    });
    const written = await readdir(join(project, 'selection'));
    expect(written.filter((name) => !name.startsWith('.'))).toEqual([
      'contact-sheet.jpg',
      'detections.csv',
      'images.csv',
      'pictures',
      'predictions',
      'report.html',
      'selection.json',
    ]);
    const pictures = await readdir(join(project, 'selection/pictures'));
    expect(pictures.filter((picture) => /\.(jpg|png)$/.test(picture))).toHaveLength(3);
  });
});

describe('qualm beside @qualm/inference-onnx and a newer onnxruntime-node', () => {
  let project: string;
  beforeAll(async () => {
    project = await mkdtemp(join(scratch, 'beside-'));
    await installBeside('qualm', packed, project, ['onnxruntime-node@1.30.0']);
  });
  afterAll(() => rm(project, { recursive: true }));

  it('shares that one with it', async () => {
    const files = await readdir(join(project, 'node_modules'), { recursive: true });
    const manifests = files.filter((path) => /(^|[\\/])onnxruntime-node[\\/]package\.json$/.test(path));
    expect(manifests).toEqual([join('onnxruntime-node', 'package.json')]);
    const { stdout } = await run(join(project, 'node_modules/.bin/qualm'), ['doctor', '--json'], { cwd: project });
    expect(stdout).toMatch(/"runs":"ONNX on CPU","ok":true/);
  });
});

/** A consumer's settings: declarations of what it imports are checked as well where it needs no
 * types of Node.
 */
function tsconfig(checkDeclarations: boolean): unknown {
  const node = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')], skipLibCheck: true };
  const plain = { types: [], lib: ['ES2022', 'DOM'], skipLibCheck: false };
  return {
    compilerOptions: {
      target: 'ES2022',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      ...(checkDeclarations ? plain : node),
    },
    files: ['main.ts'],
  };
}
