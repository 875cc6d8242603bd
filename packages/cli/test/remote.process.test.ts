import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lines, runCli } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

const model = ['--model', 'model/quarters.json'] as const;

/** A web server that has the photographs of a project, and counts what it is asked for. */
async function serve(folder: string): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://any').pathname;
    asked.push(request.url!);
    readFile(join(folder, 'photos', path)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}

describe('images of another machine', () => {
  it('of a list on stdin are those of files here, where --allow names the place', async () => {
    const cwd = await toyProject();
    const { address } = await serve(cwd);
    const names = ['a.jpg', 'b.jpg', 'c.jpg'];
    const stdin = names.map((name) => `${address}${name}`).join('\n');
    const allowed = ['--allow', 'https://other.org/', '--allow', address, '--allow-private'];
    const there = await runCli(['predict', '--images', '-', ...model, '--out', '-', ...allowed], { cwd, stdin });
    const here = await runCli(['predict', '--images', 'photos', ...model, '--out', '-'], { cwd });
    const boxes = (text: string): unknown[] => lines(text).map(({ detections }) => detections);
    expect(there.code).toBe(0);
    expect(boxes(there.stdout)).toEqual(boxes(here.stdout));
    expect(lines(there.stdout).map(({ image }) => image)).toEqual(names.map((name) => `${address}${name}`));
  });

  it('are not asked for without it, nor on this machine without --allow-private', async () => {
    const cwd = await toyProject();
    const { address, asked } = await serve(cwd);
    const stdin = `${address}a.jpg?token=hunter2`;
    const predict = ['predict', '--images', '-', ...model, '--out', '-'];
    const without = await runCli(predict, { cwd, stdin });
    expect(without).toMatchObject({ code: 1 });
    expect(without.stderr).toContain(`--allow ${address}`);
    const asPrivate = await runCli([...predict, '--allow', address], { cwd, stdin });
    expect(asPrivate).toMatchObject({ code: 1 });
    expect(asPrivate.stderr).toContain('--allow-private');
    expect(without.stderr + asPrivate.stderr).not.toContain('hunter2');
    expect(asked).toEqual([]);
  });

  it('that the command line names itself need no --allow, and may have a query', async () => {
    const cwd = await toyProject();
    const { address, asked } = await serve(cwd);
    const named = `${address}a.jpg?X-Amz-Signature=1`;
    const { code } = await runCli(['predict', '--images', named, ...model, '--out', '-', '--allow-private'], { cwd });
    expect({ code, asked }).toEqual({ code: 0, asked: ['/a.jpg?X-Amz-Signature=1'] });
  });

  it('go to vectors, to SQL and to select as well; one that is missing is a row', async () => {
    const cwd = await toyProject();
    const { address } = await serve(cwd);
    const allowed = ['--allow', address, '--allow-private'];
    const stdin = `${address}a.jpg\n${address}missing.jpg\n`;
    const selected = await runCli(['select', '--images', '-', ...model, '--out', 'out', '--json', ...allowed], {
      cwd,
      stdin,
    });
    expect(selected).toMatchObject({ code: 0 });
    expect(lines(selected.stdout).at(-1)).toMatchObject({
      done: 2,
      failed: 1,
      failures: [{ code: 'image-missing', message: expect.stringContaining('status 404') as string }],
    });
    const query = `SELECT len(ML_PREDICT(quarters, '${address}a.jpg')) AS boxes`;
    const sql = await runCli(['sql', '-m', 'model/quarters.json', '-c', query, '--ndjson', ...allowed], { cwd });
    expect(sql).toMatchObject({ code: 0, stdout: '{"boxes":4}\n' });
    const refused = await runCli(['sql', '-m', 'model/quarters.json', '-c', query, '--on-error', 'fail'], { cwd });
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain(`--allow ${address}`);
  });

  it('settings of a folder that nobody trusts cannot allow them', async () => {
    const cwd = await toyProject();
    await writeFile(join(cwd, 'qualm.config.yaml'), 'allow: https://evil.org/\nallow-private: true\n');
    const { code, stderr } = await runCli(['predict', '--images', 'photos', ...model, '--out', '-'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('which is not trusted');
  });

  it('--allow is the beginning of a URI', async () => {
    const cwd = await toyProject();
    const { code, stderr } = await runCli(
      ['predict', '--images', 'photos', ...model, '--out', '-', '--allow', 'images.example.org'],
      { cwd },
    );
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--allow') as string });
  });
});
