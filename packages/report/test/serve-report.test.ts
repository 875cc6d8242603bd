import { mkdir, mkdtemp, readFile, rmdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cachedThumbnails } from '../src/serve/cached-thumbnails.ts';
import { serveReport } from '../src/serve.ts';
import type { ReportServer, ServeReportOptions } from '../src/serve.ts';
import { marksFormat } from '../src/selection.ts';
import type { MarkedCells } from '../src/selection.ts';
import { answersFormat } from '../src/answers/answer.ts';
import { answerOf } from './answers.ts';
import { cell, options, png } from './cells.ts';

const accept = { verdict: { from: null, to: 'accept' } };
const changes = (...all: object[]): object => ({ changes: all });

const servers: ReportServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function served(more: Partial<ServeReportOptions> = {}) {
  const marks = more.marks ?? join(await mkdtemp(join(tmpdir(), 'qualm-serve-')), 'marks.json');
  const thumbnail = vi.fn<ServeReportOptions['thumbnail']>(async () => ({ bytes: png, type: 'image/png' }));
  const image = vi.fn<ServeReportOptions['image']>(async () => ({ body: png, type: 'image/png' }));
  const cells = [cell('a'), cell('b', { imageId: 2 })];
  const server = await serveReport(cells, { ...options, thumbnail, image, ...more, marks });
  servers.push(server);
  const base = `http://127.0.0.1:${server.port}`;
  const entered = await fetch(server.url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${base}${path}`, { ...init, headers: { cookie, ...init.headers } });
  const put = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    get('/marks', { method: 'PUT', body: typeof body === 'string' ? body : JSON.stringify(body), headers });
  return { server, base, entered, get, put, thumbnail, image, marks };
}

describe('serveReport(cells, options)', () => {
  it('lets in who has the token, by a cookie that scripts and other sites do not get', async () => {
    const { entered, get, base, server } = await served();
    expect([entered.status, entered.headers.get('location')]).toEqual([302, '/']);
    expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
    const page = await get('/');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain("img-src data: 'self'; connect-src 'self'");
    for (const path of ['/', '/marks', '/thumbnail/0', '/image/0', '/?token=', `/?token=${'x'.repeat(43)}`])
      expect((await fetch(`${base}${path}`)).status).toBe(401);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(new URL(server.url).searchParams.get('token')).toMatch(/^[\w-]{43}$/);
  });

  it('answers no other name, and no other site', async () => {
    const { server, put } = await served();
    const status = await new Promise((resolve) => {
      const headers = { host: 'evil.example' };
      request({ host: '127.0.0.1', port: server.port, headers }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(421);
    expect((await put(changes({ id: 'a', ...accept }), { origin: 'http://evil.example' })).status).toBe(403);
  });

  it('makes a thumbnail once, and streams images', async () => {
    const body = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(png.subarray(0, 10));
          controller.enqueue(png.subarray(10));
          controller.close();
        },
      });
    const { get, thumbnail } = await served({ image: async () => ({ body: body(), type: 'image/png' }) });
    for (let turn = 0; turn < 2; turn++) {
      const response = await get('/thumbnail/1');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    }
    expect(thumbnail.mock.calls.map(([place]) => place)).toEqual([1]);
    expect(Buffer.from(await (await get('/image/0')).arrayBuffer())).toEqual(png);
  });

  it('makes thumbnails larger by a few sizes alone, each once', async () => {
    const { get, thumbnail } = await served({});
    for (const path of ['/thumbnail/1/2', '/thumbnail/1/4', '/thumbnail/1', '/thumbnail/1/2'])
      expect((await get(path)).status).toBe(200);
    for (const path of ['/thumbnail/1/1', '/thumbnail/1/3', '/thumbnail/1/400', '/thumbnail/1/2/2', '/image/1/2'])
      expect((await get(path)).status).toBe(404);
    expect(thumbnail.mock.calls.map(([place, , times]) => [place, times])).toEqual([
      [1, 2],
      [1, 4],
      [1, 1],
    ]);
  });

  it('says that there is no picture, for cells without one, images that fail, and invalid cells', async () => {
    const { get } = await served({
      thumbnail: async () => null,
      image: () => Promise.reject(new Error('gone')),
    });
    for (const path of [
      '/thumbnail/0',
      '/image/0',
      '/thumbnail/2',
      '/image/99999999999',
      '/image/-1',
      '/image/..%2f..',
    ])
      expect((await get(path)).status).toBe(404);
  });
});

describe('cachedThumbnails(make, bytes)', () => {
  it('makes no more than four at the same time, the last that was asked for first, and each once', async () => {
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const ask = cachedThumbnails(async (place) => {
      begun.push(place);
      await new Promise<void>((resolve) => ends.push(resolve));
      return { bytes: png, type: 'image/png' };
    }, 1 << 20);
    const { signal } = new AbortController();
    const asked = Array.from({ length: 8 }, (_, place) => ask(place, signal));
    expect(begun).toEqual([0, 1, 2, 3]);
    ends.shift()!();
    await asked[0];
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 2, 3, 7]));
    while (begun.length < 8 || ends.length > 0) {
      ends.shift()?.();
      await Promise.resolve();
    }
    expect(begun).toEqual([0, 1, 2, 3, 7, 6, 5, 4]);
    for (const picture of await Promise.all(asked)) expect(picture).toEqual({ body: png, type: 'image/png' });
    expect(await ask(0, signal)).toEqual({ body: png, type: 'image/png' });
    expect(begun).toHaveLength(8);
  });
});

describe('the marks of a server', () => {
  const stored = async (path: string): Promise<MarkedCells> => JSON.parse(await readFile(path, 'utf8')) as MarkedCells;

  const closed = (): Promise<unknown> => Promise.all(servers.splice(0).map((server) => server.close()));

  it('are in the file once they are answered, and there again at the next start', async () => {
    const { put, get, marks } = await served();
    const reject = { verdict: 'reject', tags: ['blurry', 'night'] };
    const change = { verdict: { from: null, to: 'reject' }, tags: { add: ['night', 'blurry'], remove: [] } };
    const answer = await put(changes({ id: 'b', ...change }));
    expect([answer.status, await answer.json()]).toEqual([200, [{ value: reject, isBehind: false }]]);
    expect(await stored(marks)).toMatchObject({
      ...{ format: 'qualm-marks', version: 2 },
      selection: [{ id: 'b', image_id: 2, image: 'b.jpg', label: 'cat', ...reject }],
    });
    expect(await (await get('/marks')).json()).toEqual({ b: reject });
    await closed();
    const again = await served({ marks });
    expect(await (await again.get('/marks')).json()).toEqual({ b: reject });
    const back = { verdict: { from: 'reject', to: null }, tags: { add: [], remove: ['blurry', 'night'] } };
    await again.put(changes({ id: 'b', ...back }));
    expect((await stored(marks)).selection).toEqual([]);
  });

  it('of two pages are added, and the page that is behind is told', async () => {
    const night = { verdict: 'accept', tags: ['night'] };
    const { put, marks } = await served();
    await put(changes({ id: 'a', ...accept }));
    const tagged = await put(changes({ id: 'a', tags: { add: ['night'], remove: [] } }));
    expect([tagged.status, await tagged.json()]).toEqual([200, [{ value: night, isBehind: false }]]);
    const behind = await put(changes({ id: 'a', verdict: { from: null, to: 'reject' } }));
    expect([behind.status, await behind.json()]).toEqual([409, [{ value: night, isBehind: true }]]);
    expect((await stored(marks)).selection).toMatchObject([{ id: 'a', verdict: 'accept', tags: ['night'] }]);
  });

  it('are of one server at a time', async () => {
    const { marks, put } = await served();
    await expect(served({ marks })).rejects.toThrow(`another qualm serve is using "${marks}"`);
    await put(changes({ id: 'a', ...accept }));
    await closed();
    const second = await served({ marks });
    await second.put(changes({ id: 'b', ...accept }));
    expect((await stored(marks)).selection.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('of a hundred at once are all in the file, which is whole at all times', async () => {
    const cells = Array.from({ length: 100 }, (_, index) => cell(String(index)));
    const marks = join(await mkdtemp(join(tmpdir(), 'qualm-serve-')), 'marks.json');
    const server = await serveReport(cells, {
      ...{ ...options, marks, token: 't' },
      ...{ thumbnail: async () => null, image: async () => null },
    });
    servers.push(server);
    const init = { method: 'PUT', headers: { cookie: `qualm-${server.port}=t` } };
    const url = `http://127.0.0.1:${server.port}/marks`;
    const body = (id: number): string => JSON.stringify(changes({ id: String(id), ...accept }));
    const writes = cells.map((_, id) => fetch(url, { ...init, body: body(id) }));
    let reads = 0;
    for (const write of writes) {
      expect((await write).status).toBe(200);
      expect((await stored(marks)).selection.length).toBeGreaterThan(reads++);
    }
    expect((await stored(marks)).selection).toHaveLength(100);
  });

  it('keeps what the file says of other reports', async () => {
    const marks = join(await mkdtemp(join(tmpdir(), 'qualm-serve-')), 'marks.json');
    const other = { id: 'zzz', image: 'z.jpg', label: null, verdict: 'accept', tags: [] };
    await writeFile(marks, JSON.stringify({ ...marksFormat, report: 'x', selection: [other, null, 7] }));
    const { put } = await served({ marks });
    await put(changes({ id: 'a', ...accept }));
    expect((await stored(marks)).selection.map(({ id }) => id)).toEqual(['a', 'zzz']);
  });

  it.each([
    ['not json', 'is not a file of marks'],
    ['[]', 'is not a file of marks'],
    ['null', 'is not a file of marks'],
    ['{"selection":7}', 'is not a file of marks'],
    ['', 'is not a file of marks'],
    ['{"report":"x","selection":[{"id":"a#0","verdict":"accept","tags":[]}]}', 'is of an earlier version of qualm'],
    ['{"format":"qualm-marks","version":3,"selection":[]}', 'is of another version of qualm'],
  ])('does not write over a file that says %j', async (text, message) => {
    const marks = join(await mkdtemp(join(tmpdir(), 'qualm-serve-')), 'marks.json');
    await writeFile(marks, text);
    // Twice: what is refused is not locked.
    for (let turn = 0; turn < 2; turn++) await expect(served({ marks })).rejects.toThrow(message);
    expect(await readFile(marks, 'utf8')).toBe(text);
  });

  it('changes many at once, with one writing of the file, and says of each what has become of it', async () => {
    const { put, marks } = await served();
    await put(changes({ id: 'a', verdict: { from: null, to: 'reject' } }));
    const answer = await put(changes({ id: 'a', ...accept }, { id: 'b', ...accept }));
    expect([answer.status, await answer.json()]).toEqual([
      409,
      [
        { value: { verdict: 'reject', tags: [] }, isBehind: true },
        { value: { verdict: 'accept', tags: [] }, isBehind: false },
      ],
    ]);
    expect((await stored(marks)).selection.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['a', 'reject'],
      ['b', 'accept'],
    ]);
  });

  it('refuses marks of no cell and invalid changes, and those beside them', async () => {
    const { put, get } = await served();
    const good = { id: 'a', ...accept };
    expect((await put(changes(good, { id: 'zzz', ...accept }))).status).toBe(404);
    expect((await put(changes(good, { id: '__proto__', ...accept }))).status).toBe(404);
    for (const body of ['no json', 'null', '[]', '{"changes":{"length":1}}', JSON.stringify(good)])
      expect((await put(body)).status).toBe(400);
    expect((await put(changes(good, { id: 'a', verdict: 'accept' }))).status).toBe(400);
    expect((await put(changes(good, { id: 'a', tags: { add: ['x'.repeat(2 ** 20)], remove: [] } }))).status).toBe(413);
    expect(await (await get('/marks')).json()).toEqual({});
  });

  it('says when the file cannot be written', async () => {
    const lost = join(tmpdir(), 'no', 'such', 'folder', 'marks.json');
    await expect(served({ marks: lost })).rejects.toThrow(`"${lost}" could not be locked`);
    const { put, marks } = await served();
    await mkdir(marks);
    const response = await put(changes({ id: 'a', ...accept }));
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('could not be written')]);
    await rmdir(marks);
    // Of somebody who thinks that there is none.
    const reject = { verdict: { from: null, to: 'reject' } };
    expect((await put(changes({ id: 'a', ...reject }))).status).toBe(200);
    expect((await stored(marks)).selection).toMatchObject([{ id: 'a', verdict: 'reject' }]);
  });

  it('says that a port is taken', async () => {
    const { server } = await served();
    await expect(served({ port: server.port })).rejects.toThrow('the port is in use: choose another, or 0 for any');
  });
});

describe('the answers of a server', () => {
  const key = 'a.jpg#dog@10,5,30,15';
  const boxes = [{ xmin: 10, ymin: 5, xmax: 30, ymax: 15, label: 1 }];
  const given = answerOf('box', [{ label: 'dog', box: [10, 5, 30, 15] }]);
  const answer = { answer: { from: null, to: given } };

  async function asked(more: { readonly marks?: string; readonly answers?: string } = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'qualm-serve-'));
    const { marks = join(folder, 'marks.json') } = more;
    const [thumbnail, image] = [async () => null, async () => null];
    const server = await serveReport([cell('a', { boxes })], { ...options, thumbnail, image, ...more, marks });
    servers.push(server);
    const entered = await fetch(server.url, { redirect: 'manual' });
    const headers = { cookie: entered.headers.get('set-cookie')!.split(';')[0]! };
    const to = `http://127.0.0.1:${server.port}/answers`;
    const put = (body: object): Promise<Response> => fetch(to, { method: 'PUT', body: JSON.stringify(body), headers });
    const get = async (): Promise<unknown> => (await fetch(to, { headers })).json();
    return { server, put, get, file: more.answers ?? marks.replace('.json', '.answers.json'), marks };
  }

  it('are in a file beside the marks, with their image, and there for the next start', async () => {
    const { put, file, marks, server } = await asked();
    expect((await put(changes({ id: key, ...answer }))).status).toBe(200);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      ...{ format: 'qualm-answers', version: 1 },
      answers: [{ id: key, image: 'a.jpg', image_id: null, ...given }],
    });
    await server.close();
    expect(await (await asked({ marks })).get()).toEqual({ [key]: given });
  });

  it('of two people: the first is heard, the other told', async () => {
    const { put, get } = await asked();
    await put(changes({ id: key, ...answer }));
    const other = answerOf('box', [], { who: 'Bob' });
    const behind = await put(changes({ id: key, answer: { from: null, to: other } }));
    expect([behind.status, await behind.json()]).toEqual([409, [{ value: given, isBehind: true }]]);
    expect(await get()).toEqual({ [key]: given });
  });

  it('are refused of a box that is not in the report, and where they are no answers', async () => {
    const { put, get } = await asked();
    expect((await put(changes({ id: 'a.jpg#cat@10,5,30,15', ...answer }))).status).toBe(404);
    const bad = { ...given, objects: [{ label: 'dog', box: [1, 1, 0, 0] }] };
    expect((await put(changes({ id: key, answer: { from: null, to: bad } }))).status).toBe(400);
    expect(await get()).toEqual({});
  });

  it('of another page stay in the file, hostile ones too', async () => {
    const { server, file, marks } = await asked();
    await server.close();
    const others = [{ id: 'elsewhere#cat@1,2,3,4', ...given }, { id: 7 }, { id: '<script>', objects: 'x' }];
    await writeFile(file, JSON.stringify({ ...answersFormat, answers: [...others, { id: key, objects: 7 }, null] }));
    const { put, get } = await asked({ marks });
    expect(await get()).toEqual({});
    await put(changes({ id: key, ...answer }));
    const { answers } = JSON.parse(await readFile(file, 'utf8')) as { answers: { id: unknown }[] };
    expect(answers.map(({ id }) => id)).toEqual([key, ...others.map(({ id }) => id)]);
  });

  it('are of one server at a time, and of no other file', async () => {
    const { file, marks } = await asked();
    const folder = await mkdtemp(join(tmpdir(), 'qualm-serve-'));
    const other = join(folder, 'other.json');
    await expect(asked({ marks: other, answers: file })).rejects.toThrow(`another qualm serve is using "${file}"`);
    // The lock of its marks is free again.
    await asked({ marks: other });
    const text = JSON.stringify({ ...marksFormat, selection: [] });
    await writeFile(join(folder, 'mine.json'), text);
    await expect(asked({ marks: join(folder, 'third.json'), answers: join(folder, 'mine.json') })).rejects.toThrow(
      'is not a file of answers',
    );
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(text);
    expect(marks).not.toBe(other);
  });

  it('that cannot be written are said to be lost, and are no words of somebody else when they come again', async () => {
    const { put, file } = await asked();
    await mkdir(file);
    const lost = await put(changes({ id: key, ...answer }));
    expect([lost.status, await lost.text()]).toEqual([500, expect.stringContaining('could not be written')]);
    await rmdir(file);
    expect((await put(changes({ id: key }))).status).toBe(200);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ answers: [] });
    expect((await put(changes({ id: key, ...answer }))).status).toBe(200);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ answers: [{ id: key }] });
  });
});
