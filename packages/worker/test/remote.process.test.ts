import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { modelFingerprint, readModelSpec } from '@qualm/pipeline';
import { expect, it, onTestFinished } from 'vitest';
import { answersOf, asLines, runWorker, workerProject } from './run-worker.ts';

/** Serves the files of a folder, and says which were asked for. */
async function serve(folder: string): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://x').pathname;
    asked.push(path);
    const type = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    readFile(join(folder, path)).then(
      (bytes) => response.writeHead(200, { 'content-type': type }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it('opens images from where --allow names, and nowhere else', async () => {
  const folder = await workerProject();
  const { address, asked } = await serve(folder);
  const input = asLines([
    { id: 'near', image: 'red.png' },
    { id: 'far', image: `${address}/red.png` },
    { id: 'gone', image: `${address}/none.png` },
    { id: 'elsewhere', image: 'http://169.254.169.254/latest/meta-data' },
  ]);
  const run = await runWorker(folder, ['--allow', `${address}/`, '--allow-private'], input);
  const [near, far, gone, elsewhere] = answersOf(run.stdout);
  expect(run.code).toBe(0);
  expect(far!.detections).toEqual(near!.detections);
  expect(gone!.error!.code).toBe('image-missing');
  expect(elsewhere!.error).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('--allow') as string,
  });
  expect(asked.sort()).toEqual(['/none.png', '/red.png']);
  const closed = answersOf((await runWorker(folder, ['--allow', `${address}/`], input)).stdout);
  expect(closed[1]!.error!.message).toContain('private network');
});

it('fetches a model once, whatever the number of workers, and refuses another than --hash says', async () => {
  const folder = await workerProject();
  await mkdir(join(folder, 'job'));
  const { address, asked } = await serve(folder);
  const hash = await modelFingerprint(await readModelSpec(join(folder, 'model/spec.json')));
  const args = ['--model', `${address}/model/spec.json`, '--hash', hash, '--allow-private', '--cache', 'cache'];
  const input = asLines([{ id: 'a', image: '../red.png' }]);
  const runs = await Promise.all([1, 2].map(() => runWorker(join(folder, 'job'), args, input)));
  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(runs.map(() => ({ code: 0, stderr: '' })));
  expect(await readdir(join(folder, 'job/cache'))).toEqual([hash]);
  const count = asked.length;
  const again = await runWorker(join(folder, 'job'), args, input);
  expect(answersOf(again.stdout)).toEqual(answersOf(runs[0]!.stdout));
  expect(asked).toHaveLength(count);
  const other = await runWorker(join(folder, 'job'), [...args, '--cache', 'new', '--hash', 'f'.repeat(64)], input);
  expect([other.code, other.stdout]).toEqual([1, '']);
  expect(other.stderr).toContain(`has the hash ${hash}, expected ffff`);
});
