import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { toyPredictions } from './toy-run.ts';

interface Data {
  readonly title: string;
  readonly strategies: readonly { readonly name: string }[];
  readonly cells: readonly { readonly id: string; readonly src: string | null; readonly values: readonly number[] }[];
  readonly charts: readonly unknown[];
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
    const { title, strategies, cells, charts } = await dataOf(join(folder, 'qualm-report.html'));
    expect(title).toBe('Toys');
    expect(strategies.map(({ name }) => name)).toEqual(['gini', 'margin', 'entropy', 'leastConfidence']);
    expect(cells).toHaveLength(5);
    expect(cells.every(({ src }) => src?.startsWith('data:image/jpeg;base64,'))).toBe(true);
    const first = cells.map(({ values }) => values[0]!);
    expect(first).toEqual([...first].sort((a, b) => b - a));
    expect(cells[0]!.id).toMatch(/^c\.jpg#\d$/);
    expect(charts).toHaveLength(2);
  });

  it('of predictions with one score for a box ranks those nearest to one half first', async () => {
    const folder = await toyPredictions('--form', 'detections');
    expect(await runCli(['report', 'predictions', '--min-score', '0'], { cwd: folder })).toMatchObject({ code: 0 });
    const { cells } = await dataOf(join(folder, 'qualm-report.html'));
    const margins = cells.map(({ values }) => values[0]!);
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
    expect(cells.filter(({ src }) => src === null)).toHaveLength(result.missing);
    expect(result.missing).toBeGreaterThan(0);
  });

  it.each([
    [['report', 'nowhere'], 1],
    [['report', 'predictions', '--cells', '0'], 2],
    [['report', 'predictions', '--strategy', 'luck'], 2],
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
