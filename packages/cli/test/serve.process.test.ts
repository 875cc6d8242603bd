import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomeOf } from '@qualm/testkit';
import { describe, expect, it } from 'vitest';
import { bin, runCli, startCli } from './run-cli.ts';
import { toyPredictions } from './toy-run.ts';

interface Started {
  readonly url: string;
  readonly cells: number;
  readonly marks: string;
}

const serve = ['serve', 'predictions', '--json', '--min-score', '0'];

/** The server of a toy project, and what asks it as a browser does that has opened its address. */
async function served(folder: string, child = startCli(serve, { cwd: folder })) {
  const outcome = outcomeOf(child);
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const started = JSON.parse(line) as Started;
  const entered = await fetch(started.url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, started.url), { ...init, headers: { cookie } });
  return { child, outcome, started, get };
}

describe('qualm serve', () => {
  it('serves the page, pictures that it makes, whole images, and keeps marks; Ctrl-C ends it', async () => {
    const folder = await toyPredictions();
    const { child, outcome, started, get } = await served(folder);
    expect(started).toMatchObject({ type: 'result', marks: join(folder, 'qualm-marks.json') });
    expect(await (await get('/')).text()).toContain('"served":true');
    const thumbnail = Buffer.from(await (await get('/thumbnail/0')).arrayBuffer());
    expect(thumbnail.subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8));
    const whole = await get('/image/0');
    expect(whole.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(await readFile(join(folder, 'photos/c.jpg')));
    const html = await (await get('/')).text();
    const { cells } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as { cells: { id: string[] } };
    const change = { verdict: { from: null, to: 'accept' }, tags: { add: ['odd'], remove: [] } };
    const body = JSON.stringify({ changes: [{ id: cells.id[0], ...change }] });
    expect((await get('/marks', { method: 'PUT', body })).status).toBe(200);
    expect(await runCli(['serve', 'predictions', '--min-score', '0'], { cwd: folder })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('another qualm serve is using') as string,
    });
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({ code: 0, stderr: expect.stringContaining(started.url) as string });
    const { selection } = JSON.parse(await readFile(started.marks, 'utf8')) as { selection: object[] };
    expect(selection).toMatchObject([
      { id: cells.id[0], image_id: 'c.jpg', image: 'c.jpg', verdict: 'accept', tags: ['odd'] },
    ]);
  });

  it.skipIf(process.platform === 'win32')('goes on where the file of marks may not be so large', async () => {
    const folder = await toyPredictions();
    const limited = ['-c', 'ulimit -f 1; exec "$0" "$@"', process.execPath, bin, ...serve];
    const { child, outcome, get } = await served(folder, spawn('bash', limited, { cwd: folder }));
    const add = Array.from({ length: 20 }, (_, at) => `${at}`.padEnd(60, 'x'));
    const html = await (await get('/')).text();
    const { cells } = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)![1]!) as { cells: { id: string[] } };
    const body = JSON.stringify({ changes: cells.id.map((id) => ({ id, tags: { add, remove: [] } })) });
    const said = await get('/marks', { method: 'PUT', body });
    expect([said.status, await said.text()]).toEqual([500, expect.stringContaining('EFBIG')]);
    expect((await get('/')).status).toBe(200);
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({ code: 0 });
  });

  it('keeps marks and answers in two files', async () => {
    const { code, stderr } = await runCli(['serve', 'x', '--marks', 'a.json', '--answers', './a.json']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is the file of --marks') as string,
    });
  });

  it('has no picture of an image that is gone', async () => {
    const folder = await toyPredictions();
    await rm(join(folder, 'photos/c.jpg'));
    const { child, outcome, get } = await served(folder, startCli([...serve, '--by', 'image'], { cwd: folder }));
    expect((await get('/thumbnail/0')).status).toBe(404);
    expect((await get('/image/0')).status).toBe(404);
    expect((await get('/image/1')).status).toBe(200);
    child.kill('SIGINT');
    expect((await outcome).code).toBe(0);
  });

  it.each([
    [['serve', 'nowhere'], 1],
    [['serve', 'predictions', '--port', 'x'], 2],
    [['serve', 'predictions', '--marks', 'photos/a.jpg'], 1],
  ] as const)('%j ends with %i', async (args, code) => {
    const folder = await toyPredictions();
    expect(await runCli(args, { cwd: folder })).toMatchObject({ code, stdout: '' });
  });
});
