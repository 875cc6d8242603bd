import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpener, openS3Folder } from '@qualm/remote';
import type { OpenerOptions, S3Options } from '@qualm/remote';
import { startS3 } from '../src/s3-server.ts';
import type { S3Server } from '../src/s3-server.ts';
import { startTlsFront } from '../src/tls-front.ts';

let server: S3Server;
let s3: S3Options;
const bucket = 'qualm-images';
const keys = [
  'a.jpg',
  'b c/d+e%20.png',
  "odd !'()*&=;:@,$.jpg",
  'sub/ü/日本.webp',
  'sub/.hidden.jpg',
  'notes.txt',
  '.git/x.jpg',
];

beforeAll(async () => {
  server = await startS3();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = server.env;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID!, secretAccessKey: AWS_SECRET_ACCESS_KEY! };
  s3 = { endpoint: server.endpoint, credentials };
  await server.makeBucket(bucket);
  for (const key of keys) await server.put(bucket, `photos/${key}`, `bytes of ${key}`);
  await server.put(bucket, 'photos-of-others/x.jpg', 'x');
}, 180_000);
afterAll(() => server.stop());

const opener = (options: Partial<OpenerOptions> = {}): ReturnType<typeof createOpener> =>
  createOpener({ allow: [`s3://${bucket}/photos/`], s3, retries: 1, sleep: () => Promise.resolve(), ...options });

describe('images in S3', () => {
  it('are those below a prefix, in the order of their keys, with the ids that a folder gives', async () => {
    const folder = await openS3Folder(`s3://${bucket}/photos`, { s3 });
    expect([...folder].map(({ image_id }) => image_id)).toEqual([
      'a.jpg',
      'b c/d+e%20.png',
      "odd !'()*&=;:@,$.jpg",
      'sub/ü/日本.webp',
    ]);
    expect([...folder][1]!.image.uri).toBe(`s3://${bucket}/photos/b c/d+e%20.png`);
    expect(folder.passedOver).toEqual([
      { reason: 'hidden', count: 1, example: 'sub/.hidden.jpg' },
      { reason: 'txt', count: 1, example: 'notes.txt' },
    ]);
    expect(await openS3Folder(`s3://${bucket}/photos`, { s3, limit: 2 })).toHaveLength(2);
  });

  it('are opened by keys of any characters', async () => {
    const open = opener();
    for (const { image, image_id } of await openS3Folder(`s3://${bucket}/photos/`, { s3 })) {
      expect(new TextDecoder().decode(await open(image.uri!))).toBe(`bytes of ${image_id}`);
    }
  });

  it('are listed page by page', async () => {
    await server.makeBucket('qualm-many');
    const names = Array.from({ length: 1003 }, (_, index) => `${String(index).padStart(4, '0')} &.jpg`);
    for (let at = 0; at < names.length; at += 50)
      await Promise.all(names.slice(at, at + 50).map((name) => server.put('qualm-many', name, 'x')));
    expect([...(await openS3Folder('s3://qualm-many', { s3 }))].map(({ image_id }) => image_id)).toEqual(names);
  });

  it('that are not there, or not allowed, are errors of their own', async () => {
    await expect(opener()(`s3://${bucket}/photos/none.jpg`)).rejects.toMatchObject({ code: 'image-missing' });
    await expect(opener()(`s3://${bucket}/photos-of-others/x.jpg`)).rejects.toMatchObject({ code: 'unsupported' });
    await expect(openS3Folder('s3://qualm-no-such-bucket', { s3 })).rejects.toMatchObject({ code: 'image-missing' });
    await expect(opener({ maxBytes: 3 })(`s3://${bucket}/photos/a.jpg`)).rejects.toMatchObject({
      code: 'image-too-large',
    });
  });

  it.runIf(process.env['S3_TEST_ENDPOINT'])('are refused to wrong keys, and other ones are asked for', async () => {
    const wrong = { accessKeyId: 'nobody', secretAccessKey: 'nothing' };
    await expect(opener({ s3: { ...s3, credentials: wrong } })(`s3://${bucket}/photos/a.jpg`)).rejects.toMatchObject({
      code: 'access-denied',
    });
    const good = s3.credentials as typeof wrong;
    let asked = 0;
    const credentials = () => Promise.resolve(asked++ === 0 ? wrong : good);
    expect(await opener({ s3: { ...s3, credentials } })(`s3://${bucket}/photos/a.jpg`)).toHaveLength(14);
    expect(asked).toBe(2);
  });
});

/** Answers as AWS does, whose faults no server here has. */
async function serveFault(
  answer: (count: number) => { status: number; code?: string; headers?: Record<string, string> },
): Promise<{ endpoint: string; authorizations: (string | undefined)[]; close: () => void }> {
  const authorizations: (string | undefined)[] = [];
  const fault = createServer((request, response) => {
    const { status, code, headers = {} } = answer(authorizations.push(request.headers.authorization));
    response.writeHead(status, headers).end(code === undefined ? 'image' : `<Error><Code>${code}</Code></Error>`);
  });
  await new Promise<void>((resolve) => fault.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(fault.address() as AddressInfo).port}`;
  return { endpoint, authorizations, close: () => (fault.closeAllConnections(), fault.close()) };
}

describe('faults of S3', () => {
  it.each([
    [400, 'ExpiredToken', 'access-denied'],
    [403, 'InvalidAccessKeyId', 'access-denied'],
    [403, 'AccessDenied', 'access-denied'],
    [403, 'RequestTimeTooSkewed', 'access-denied'],
    [503, 'SlowDown', 'machine-trouble'],
    [500, 'InternalError', 'machine-trouble'],
    [400, 'RequestTimeout', 'machine-trouble'],
    [404, 'NoSuchKey', 'image-missing'],
    [400, 'KeyTooLongError', 'io'],
  ] as const)('%i %s is %s', async (status, code, expected) => {
    const { endpoint, close } = await serveFault(() => ({ status, code }));
    await expect(opener({ s3: { ...s3, endpoint } })(`s3://${bucket}/photos/a.jpg`)).rejects.toMatchObject({
      code: expected,
      message: expect.stringContaining(code) as string,
    });
    close();
  });

  it('credentials that ended while images are read are asked for again', async () => {
    const { endpoint, authorizations, close } = await serveFault((count) =>
      count === 2 ? { status: 400, code: 'ExpiredToken' } : { status: 200 },
    );
    let asked = 0;
    const credentials = () =>
      Promise.resolve({ accessKeyId: `id-${++asked}`, secretAccessKey: 'x', sessionToken: 'y' });
    const open = opener({ s3: { endpoint, credentials } });
    for (let image = 0; image < 2; image++) expect(await open(`s3://${bucket}/photos/a.jpg`)).toHaveLength(5);
    expect(authorizations.map((header) => /Credential=([^/]*)/.exec(header!)![1])).toEqual(['id-1', 'id-1', 'id-2']);
    close();
  });

  it('no credentials are no signature', async () => {
    const { endpoint, authorizations, close } = await serveFault(() => ({ status: 200 }));
    await opener({ s3: { endpoint } })(`s3://${bucket}/photos/a.jpg`);
    expect(authorizations).toEqual([undefined]);
    close();
  });
});

describe('https', () => {
  it('is to a certificate that is trusted, and leads to no http', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qualm-tls-'));
    const server = createServer(({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { location: `${plain}a.jpg` }).end();
      else response.end('image');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const plain = `http://localhost:${port}/`;
    const front = await startTlsFront(port, folder, ['http/1.1']);
    const secure = `https://localhost:${front.port}/`;
    const options = { allow: [secure, plain], allowPrivate: true, retries: 0 };
    await expect(createOpener(options)(`${secure}a.jpg`)).rejects.toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('certificate') as string,
    });
    const open = createOpener({ ...options, ca: front.certificate });
    expect(await open(`${secure}a.jpg`)).toHaveLength(5);
    await expect(open(`${secure}moved`)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('only https is followed') as string,
    });
    server.closeAllConnections();
    server.close();
    await front.close();
    await rm(folder, { recursive: true, force: true });
  });
});
