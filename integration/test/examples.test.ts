import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readParquet } from '@qualm/datasets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, testData } from '../src/repository.ts';

const run = promisify(execFile);
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-examples-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['onnx', 'tfjs'])('npm run demo -- --backend %s', (backend) => {
  it('selects from photographs that npm packages ship', async () => {
    const args = [tsx, join(root, 'examples/demo.ts'), '--backend', backend];
    const { stderr } = await run(process.execPath, args, { cwd: folder });
    expect(stderr).toMatch(/Apache-2\.0/);
    const out = join(folder, `qualm-out/demo-${backend}`);
    expect((await readFile(join(out, 'contact-sheet.jpg'))).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
    expect((await readFile(join(out, 'images.csv'), 'utf8')).trim().split('\r\n')).toHaveLength(19);
  });
});

describe('examples/near-duplicates.ts', () => {
  it('finds every photograph that is there twice, and no other', async () => {
    const example = join(root, 'examples/near-duplicates.ts');
    const { stdout } = await run(process.execPath, [tsx, example], { cwd: folder });
    const found = stdout.match(/^copy of .* again$/gm) ?? [];
    expect(found).toHaveLength(9);
    for (const line of found) expect(line).toMatch(/^copy of (.+) is \1 again$/);
    expect(stdout).toContain('18 photographs are left; five of them that differ:');
  });
});

describe('examples/uncertainty-sampling.ts', () => {
  it('answers the five queries for each detector', async () => {
    const out = join(folder, 'queries');
    const example = join(root, 'examples/uncertainty-sampling.ts');
    const { stdout } = await run(process.execPath, [tsx, example, out], { cwd: folder, maxBuffer: 2 ** 24 });
    const models = ['coco-ssd-onnx', 'coco-ssd-tfjs', ...(testData() ? ['yolox-nano', 'nanodet-m'] : [])];
    for (const model of models) {
      expect(stdout).toContain(`${model}: `);
      const { length, columns } = await readParquet(join(out, model, 'margins.parquet'));
      expect(length).toBeGreaterThan(100);
      const margins = columns['margin'] as number[];
      expect(margins).toEqual([...margins].sort((a, b) => a - b));
    }
    expect(stdout.match(/^most confused$/gm)).toHaveLength(models.length);
  });
});
