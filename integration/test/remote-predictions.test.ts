import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Mirror } from '@qualm/remote';
import type { S3Options } from '@qualm/remote';
import { qualmBin } from '../src/qualm.ts';
import { startS3 } from '../src/s3-server.ts';
import type { S3Server } from '../src/s3-server.ts';
import { writeMeanColourProject } from '../src/write-mean-colour-project.ts';

let server: S3Server;
let folder: string;
let s3: S3Options;
const bucket = 'qualm-runs';
const numImages = 60;

beforeAll(async () => {
  server = await startS3();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = server.env;
  s3 = {
    endpoint: server.endpoint,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID!, secretAccessKey: AWS_SECRET_ACCESS_KEY! },
  };
  folder = await mkdtemp(join(tmpdir(), 'qualm-remote-'));
  await writeMeanColourProject(folder, numImages);
  await server.makeBucket(bucket);
  const photos = join(folder, 'photos');
  for (const name of await readdir(photos))
    await server.put(bucket, `photos/${name}`, await readFile(join(photos, name)));
});

afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line; `watch` may end it. */
async function run(args: readonly string[], watch?: (kill: () => void) => Promise<void>): Promise<Ended> {
  const child = spawn(process.execPath, [qualmBin, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: tmpdir(), ...server.env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await watch?.(() => child.kill('SIGKILL'));
  return { code: await ended, stdout, stderr };
}

const model = ['--model', 'model.json', '--shard-rows', '8'];
const predict = ['predict', '--images', `s3://${bucket}/photos/`, ...model];

/** The files of a run in S3, without the manifest's identity, by name. */
async function filesOf(prefix: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const key of await server.keys(bucket)) {
    if (!key.startsWith(`${prefix}/`)) continue;
    files.set(key.slice(prefix.length + 1), Buffer.from((await server.get(bucket, key))!).toString('base64'));
  }
  return files;
}

describe('predictions in S3', () => {
  it('are the files that a run here writes', async () => {
    expect(await run([...predict, '--out', 'here'])).toMatchObject({ code: 0 });
    const ended = await run([...predict, '--out', `s3://${bucket}/whole`]);
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(`${numImages} images`) as string });
    const files = await filesOf('whole');
    const here = (await readdir(join(folder, 'here'))).sort();
    expect([...files.keys()].sort()).toEqual(here);
    for (const name of here) expect([name, files.get(name)]).toEqual([name, await base64(join(folder, 'here', name))]);
  });

  it('are not written over, and a whole run that goes on changes nothing', async () => {
    const again = await run([...predict, '--out', `s3://${bucket}/whole`]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('holds predictions already') as string });
    const before = await filesOf('whole');
    expect(await run([...predict, '--out', `s3://${bucket}/whole`, '--resume'])).toMatchObject({ code: 0 });
    expect(await filesOf('whole')).toEqual(before);
  });

  it('are those of an undisturbed run after one that was killed', async () => {
    const out = `s3://${bucket}/killed`;
    const killed = await run([...predict, '--out', out], async (kill) => {
      for (let tries = 0; tries < 2000; tries++) {
        if (await server.get(bucket, 'killed/part-00001.parquet')) break;
        await sleep(5);
      }
      kill();
    });
    expect(killed.code).not.toBe(0);
    const left = await filesOf('killed');
    expect(left.has('_qualm.json')).toBe(true);
    const resumed = await run([...predict, '--out', out, '--resume']);
    expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining('resuming:') as string });
    expect(await filesOf('killed')).toEqual(await filesOf('whole'));
  });

  it('are read where they are by rank, and put together by merge', async () => {
    const [there, here] = await Promise.all([
      run(['rank', `s3://${bucket}/whole`, '--level', 'images']),
      run(['rank', 'here', '--level', 'images']),
    ]);
    expect(there).toMatchObject({ code: 0, stdout: here.stdout });
    for (const share of [1, 2]) {
      const out = `s3://${bucket}/shares/${share}`;
      expect(await run([...predict, '--shard', `${share}/2`, '--out', out])).toMatchObject({ code: 0 });
    }
    const shares = [2, 1].map((share) => `s3://${bucket}/shares/${share}`);
    expect(await run(['merge', ...shares, '--out', 'merged'])).toMatchObject({ code: 0 });
    for (const name of await readdir(join(folder, 'here')))
      expect([name, await base64(join(folder, 'merged', name))]).toEqual([
        name,
        await base64(join(folder, 'here', name)),
      ]);
    const none = await run(['rank', `s3://${bucket}/none`]);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('there are no predictions') as string });
  });
});

describe('createS3Mirror', () => {
  const mirrorOf = async (prefix: string, name: string) => {
    const here = join(folder, name);
    await mkdir(here, { recursive: true });
    return { here, mirror: createS3Mirror(`s3://${bucket}/${prefix}`, here, { s3, retries: 1 }) };
  };

  it('finds out two runs at one place', async () => {
    const one = await mirrorOf('both', 'one');
    const other = await mirrorOf('both', 'other');
    await writeFile(join(one.here, '_qualm.json'), '{"run":1}');
    await writeFile(join(other.here, '_qualm.json'), '{"run":2}');
    await one.mirror.put('_qualm.json');
    await expect(other.mirror.put('_qualm.json')).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('another run has written there') as string,
    });
    expect(await other.mirror.pull()).toBe(1);
    await writeFile(join(other.here, '_qualm.json'), '{"run":2}');
    await other.mirror.put('_qualm.json');
    await writeFile(join(one.here, '_qualm.json'), '{"run":1,"more":true}');
    await expect(one.mirror.put('_qualm.json')).rejects.toMatchObject({ code: 'io' });
    expect(Buffer.from((await server.get(bucket, 'both/_qualm.json'))!).toString()).toBe('{"run":2}');
  });

  it('takes a manifest that is there already as it is for its own: an answer may be lost', async () => {
    const { here, mirror } = await mirrorOf('lost', 'lost');
    await writeFile(join(here, '_qualm.json'), '{"run":3}');
    await server.put(bucket, 'lost/_qualm.json', '{"run":3}');
    await mirror.put('_qualm.json');
    await writeFile(join(here, '_qualm.json'), '{"run":3,"more":true}');
    await mirror.put('_qualm.json');
    expect(Buffer.from((await server.get(bucket, 'lost/_qualm.json'))!).toString()).toBe('{"run":3,"more":true}');
  });

  it('puts a large file in parts, and fetches it as it was', async () => {
    const { here, mirror } = await mirrorOf('large', 'large');
    const bytes = randomBytes(40 * 2 ** 20 + 7);
    await writeFile(join(here, '_qualm.json'), '{}');
    await writeFile(join(here, 'part-00000.parquet'), bytes);
    await mirror.put('_qualm.json');
    await mirror.put('part-00000.parquet');
    await server.put(bucket, 'large/../../evil', 'x').catch(() => undefined);
    await server.put(bucket, 'large/notes.txt', 'x');
    const other = await mirrorOf('large', 'fetched');
    expect(await other.mirror.pull()).toBe(2);
    expect((await readdir(other.here)).sort()).toEqual(['_qualm.json', 'part-00000.parquet']);
    expect(bytes.equals(await readFile(join(other.here, 'part-00000.parquet')))).toBe(true);
  });

  it('says that there is no bucket', async () => {
    const here = join(folder, 'nowhere');
    await mkdir(here);
    await writeFile(join(here, '_qualm.json'), '{}');
    const mirror = createS3Mirror('s3://qualm-no-such-bucket/run', here, { s3, retries: 0 });
    await expect(mirror.put('_qualm.json')).rejects.toMatchObject({
      code: 'image-missing',
      message: expect.stringContaining('NoSuchBucket') as string,
    });
  });
});

async function base64(path: string): Promise<string> {
  return (await readFile(path)).toString('base64');
}
