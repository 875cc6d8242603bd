import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installTarballs, packPackages } from '../src/packed-package.ts';
import { root } from '../src/repository.ts';

const run = promisify(execFile);
let project: string;

/** What the model says of an image of that colour: both halves of 20 x 10 pixels, and how red and
 * how blue they are.
 */
const rows = { red: ['0 10 1,2 1.00', '10 20 1,2 1.00'], blue: ['0 10 2,1 1.00', '10 20 2,1 1.00'] } as const;

describe('examples/custom-head, copied elsewhere and installed from tarballs', () => {
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'qualm-custom-head-'));
    process.stderr.write(`integration: installing the example of a head of one's own under ${project}\n`);
    await cp(join(root, 'examples/custom-head'), project, { recursive: true });
    await installTarballs(await packPackages(project), project);
    await mkdir(join(project, 'photos'));
    await Promise.all(Object.keys(rows).map((colour) => writeImage(join(project, 'photos', `${colour}.png`), colour)));
    await npm('run', '--silent', 'model');
  }, 600_000);

  afterAll(() => rm(project, { recursive: true }));

  it('npm run predict reads the outputs, in threads where they read TypeScript', async () => {
    const { stdout } = await npm('run', '--silent', 'predict', '--', 'photos/red.png', 'photos/blue.png');
    const reads = 'typescript' in process.features && Boolean(process.features.typescript);
    const warnings = reads ? [] : ['head-on-caller'];
    expect(stdout.trim().split('\n')).toEqual([...warnings, ...rows.red, ...rows.blue]);
  });

  it('built as JavaScript it reads them in the threads of sessions', async () => {
    for (const name of ['corners', 'predict']) {
      const text = await readFile(join(project, `${name}.ts`), 'utf8');
      const { code } = await transform(text, { loader: 'ts', format: 'esm' });
      await writeFile(join(project, `${name}.js`), code.replace('./corners.ts', './corners.js'));
    }
    const images = ['photos/red.png', 'photos/blue.png'];
    const { stdout } = await run(process.execPath, ['predict.js', ...images], { cwd: project });
    expect(stdout.trim().split('\n')).toEqual([...rows.red, ...rows.blue]);
  });

  it.each(['./corners.ts#corners', 'qualm-head-corners#corners'])('qualm predict --head %s', async (head) => {
    const predicted = ['predict', '--images', 'photos', '--model', 'red-or-blue.json', '--device', 'cpu', '--out', '-'];
    const { stdout } = await qualm(...predicted, '--head', head);
    const lines = stdout.trim().split('\n');
    const images = lines.map((line) => JSON.parse(line) as { image_id: string; error: unknown });
    expect(images.map(({ image_id }) => image_id)).toEqual(['blue.png', 'red.png']);
    expect(lines.join()).not.toContain('"error":{');
  });

  it('without it the error names the heads that there are', async () => {
    const without = qualm('predict', '--images', 'photos', '--model', 'red-or-blue.json', '--out', '-');
    await expect(without).rejects.toThrow('head.type is "corners", expected one of ssd, yolox');
  });

  it('a run resumes with the same head, and refuses another', async () => {
    const args = [
      'predict',
      '--images',
      'photos',
      '--model',
      'red-or-blue.json',
      '--device',
      'cpu',
      '--out',
      'resumed',
    ];
    await qualm(...args, '--head', './corners.ts#corners');
    await qualm(...args, '--head', './corners.ts#corners', '--resume');
    const other = (await readFile(join(project, 'corners.ts'), 'utf8')).replace("type: 'corners',", "$& version: '2',");
    await writeFile(join(project, 'other.ts'), other);
    await expect(qualm(...args, '--head', './other.ts#corners', '--resume')).rejects.toThrow(/head/);
  });

  it('npm test finds that it keeps the contract', async () => {
    const { stdout } = await npm('test', '--', '--reporter=json');
    expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toMatchObject({ success: true, numFailedTests: 0 });
  });

  it('compiles in a strict project', async () => {
    const compilerOptions = {
      ...{ target: 'ES2022', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true },
      ...{ allowImportingTsExtensions: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '-p', project]).catch((error: { stdout: string }) => {
      throw new Error(error.stdout);
    });
    expect(await readFile(join(project, 'corners.ts'), 'utf8')).toContain('createReader');
  });
});

async function writeImage(path: string, background: string): Promise<void> {
  await sharp({ create: { width: 20, height: 10, channels: 3, background } })
    .png()
    .toFile(path);
}

function qualm(...args: readonly string[]): Promise<{ stdout: string }> {
  return run(join(project, 'node_modules/.bin/qualm'), args, { cwd: project, maxBuffer: 2 ** 26 });
}

function npm(...args: readonly string[]): Promise<{ stdout: string }> {
  return run('npm', args, { cwd: project, maxBuffer: 2 ** 26 });
}
