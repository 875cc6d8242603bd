import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoSsd } from '../../examples/setup/coco-ssd.ts';
import { demoPhotographs } from '../../examples/setup/demo-photographs.ts';
import { installTarballs, packPackages } from '../src/packed-package.ts';
import { root } from '../src/repository.ts';

const run = promisify(execFile);
let project: string;

describe('examples/custom-strategy, copied elsewhere and installed from tarballs', () => {
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'qualm-custom-strategy-'));
    process.stderr.write(`integration: installing the example of a strategy of one's own under ${project}\n`);
    await cp(join(root, 'examples/custom-strategy'), project, { recursive: true });
    await installTarballs(await packPackages(project), project);
    const images = await demoPhotographs(() => undefined);
    const { onnx } = await cocoSsd(() => undefined);
    const model = ['--model', join(root, 'examples/models/coco-ssd-onnx.json'), '--model-root', onnx];
    await qualm('predict', '--images', images, ...model, '--device', 'cpu', '--out', 'predictions');
  }, 600_000);

  afterAll(() => rm(project, { recursive: true }));

  it.each(['./tail.ts#tail', 'qualm-strategy-tail#tail'])('qualm rank --strategy %s', async (strategy) => {
    const { stdout } = await qualm('rank', 'predictions', '--strategy', strategy, '--limit', '50', '--json');
    const tails = (JSON.parse(stdout) as { tail: number }[]).map(({ tail }) => tail);
    expect(tails).toHaveLength(50);
    expect(tails).toEqual(tails.toSorted((a, b) => b - a));
    expect(tails[0]).toBeGreaterThan(tails[49]!);
  });

  it('npm run pipeline ranks the same boxes first', async () => {
    const { stdout } = await npm('run', '--silent', 'pipeline', '--', 'predictions');
    const rank = await qualm('rank', 'predictions', '--strategy', './tail.ts#tail', '--min-score', '0', '--json');
    const rows = JSON.parse(rank.stdout) as { tail: number; image_id: string }[];
    const wanted = rows.slice(0, 5).map(({ image_id, tail }, row) => [String(row + 1), image_id, tail.toFixed(4)]);
    const got = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(got.map((words) => [words[0], words[1], words.at(-1)])).toEqual(wanted);
  });

  it('npm run simulate holds both against random', async () => {
    const { stdout } = await npm('run', '--silent', 'simulate');
    expect(stdout.match(/^\w+(?= 0\.\d{3} )/gm)).toEqual(['random', 'margin', 'tail', 'diverseMargin']);
  });

  it('qualm simulate --strategy takes both', async () => {
    const rows = Array.from({ length: 90 }, (_, row) => [Math.sin(row), Math.cos(row * row), row % 3].join());
    await writeFile(join(project, 'table.csv'), ['x,y,kind', ...rows].join('\n'));
    const strategies = ['--strategy', './tail.ts#tail', './diverse-margin.ts#diverseMargin'];
    await qualm('simulate', 'table.csv', '--label', 'kind', '--seeds', '2', '--budget', '20', ...strategies);
    const comparison = await readFile(join(project, 'qualm-simulation/comparison.csv'), 'utf8');
    expect(comparison.match(/^\w+(?=,2,0\.)/gm)).toEqual(['random', 'tail', 'diverseMargin']);
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
    expect(await readFile(join(project, 'tail.ts'), 'utf8')).toContain('createStrategy');
  });
});

function qualm(...args: readonly string[]): Promise<{ stdout: string }> {
  return run(join(project, 'node_modules/.bin/qualm'), args, { cwd: project, maxBuffer: 2 ** 26 });
}

function npm(...args: readonly string[]): Promise<{ stdout: string }> {
  return run('npm', args, { cwd: project, maxBuffer: 2 ** 26 });
}
