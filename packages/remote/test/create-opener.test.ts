import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { createOpener } from '../src/index.ts';
import type { OpenerOptions } from '../src/index.ts';
import { startServer } from './fault-server.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
const patient = { allowPrivate: true, random: () => 0 } as const;

/** An opener that does not wait, and how long it would have. */
function openerOf(options: Partial<OpenerOptions> & Pick<OpenerOptions, 'allow'>) {
  const waits: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  return { open: createOpener({ ...patient, sleep, retries: 2, ...options }), waits };
}

async function failureOf(work: Promise<unknown>): Promise<QualmError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!QualmError.is(error)) throw new Error('no QualmError', { cause: error });
  return error;
}

describe('createOpener', () => {
  it('gives the bytes of an image, and asks for room for them first', async () => {
    const { address } = await startServer((_, response) => response.end(jpeg));
    const rooms: number[] = [];
    const { open } = openerOf({ allow: [address] });
    const bytes = await open(`${address}a.jpg?X-Amz-Signature=1`, undefined, async (room) => void rooms.push(room));
    expect([...bytes]).toEqual([...jpeg]);
    expect(rooms).toEqual([jpeg.length]);
    expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
  });

  it('gives those of a length that nobody announced, and asks for room as they come', async () => {
    const { address } = await startServer((_, response) => {
      response.write(jpeg);
      response.end(jpeg);
    });
    const rooms: number[] = [];
    const bytes = await openerOf({ allow: [address] }).open(address, undefined, async (room) => void rooms.push(room));
    expect([...bytes]).toEqual([...jpeg, ...jpeg]);
    expect(rooms[0]).toBeGreaterThanOrEqual(jpeg.length);
  });

  it.each([
    [404, 'image-missing', 1],
    [410, 'image-missing', 1],
    [401, 'access-denied', 1],
    [403, 'access-denied', 1],
    [400, 'io', 1],
    [204, 'io', 1],
    [429, 'machine-trouble', 3],
    [500, 'machine-trouble', 3],
    [503, 'machine-trouble', 3],
  ] as const)('of status %s is %s after %s attempts', async (status, code, attempts) => {
    const { address, requests } = await startServer((_, response) => response.writeHead(status).end());
    const error = await failureOf(openerOf({ allow: [address] }).open(`${address}a.jpg`));
    expect(error).toMatchObject({ code, message: expect.stringContaining(`status ${status}`) as string });
    expect(requests).toHaveLength(attempts);
  });

  it('waits half a second, then one, or as long as the server asks for', async () => {
    const { address } = await startServer((_, response, count) => {
      if (count === 3) response.end(jpeg);
      else response.writeHead(503, count === 2 ? { 'retry-after': '7' } : {}).end();
    });
    const { open, waits } = openerOf({ allow: [address] });
    await open(address);
    expect(waits).toEqual([500, 7000]);
  });

  it('reads Retry-After as a date beside that of the server', async () => {
    const { address } = await startServer((_, response, count) => {
      const date = new Date(0).toUTCString();
      if (count === 2) response.end(jpeg);
      else response.writeHead(429, { date, 'retry-after': new Date(9000).toUTCString() }).end();
    });
    const { open, waits } = openerOf({ allow: [address] });
    await open(address);
    expect(waits).toEqual([9000]);
  });

  it('gives up at once where a server asks for more than a minute', async () => {
    const { address, requests } = await startServer((_, response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end(),
    );
    const error = await failureOf(openerOf({ allow: [address] }).open(address));
    expect(error).toMatchObject({ code: 'machine-trouble', message: expect.stringContaining('3600 s') as string });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['before the headers', (response: ServerResponse) => response.destroy()],
    [
      'after the headers',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '8' }).flushHeaders();
        setImmediate(() => response.destroy());
      },
    ],
    [
      'in the middle of the body',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '8' });
        response.write(jpeg.subarray(0, 4), () => response.destroy());
      },
    ],
    [
      'in the middle of a body of no announced length',
      (response: ServerResponse) => {
        response.write(jpeg.subarray(0, 4), () => response.destroy());
      },
    ],
  ])('gets over a connection that is cut %s', async (_, cut) => {
    const { address, requests } = await startServer((_, response, count) => {
      if (count === 3) response.end(jpeg);
      else cut(response);
    });
    expect([...(await openerOf({ allow: [address] }).open(address))]).toEqual([...jpeg]);
    expect(requests).toHaveLength(3);
    const always = await startServer((_, response) => cut(response));
    expect(await failureOf(openerOf({ allow: [always.address] }).open(always.address))).toMatchObject({
      code: 'machine-trouble',
      message: expect.stringContaining('tried 3 times') as string,
    });
  });

  it('gives up a server that says nothing, and one that drips', { timeout: 20_000 }, async () => {
    const silent = await startServer(() => undefined);
    const quick = { timeoutMs: 50, totalTimeoutMs: 400, retries: 0 };
    expect(await failureOf(openerOf({ allow: [silent.address], ...quick }).open(silent.address))).toMatchObject({
      code: 'machine-trouble',
    });
    const dripping = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect(
      await failureOf(openerOf({ allow: [dripping.address], ...quick, timeoutMs: 5000 }).open(dripping.address)),
    ).toMatchObject({ code: 'machine-trouble', message: expect.stringContaining('within 0.4 s') as string });
  });

  it('does not count the time that it waits for room', async () => {
    const { address } = await startServer((_, response) => response.end(jpeg));
    const { open } = openerOf({ allow: [address], totalTimeoutMs: 300, retries: 0 });
    const slow = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 600));
    expect(await open(address, undefined, slow)).toHaveLength(8);
  });

  it('lets go of a connection while it waits for room, and asks again when there is some', async () => {
    let closed = 0;
    const { address, requests } = await startServer((_, response) => {
      response.on('close', () => closed++);
      response.shouldKeepAlive = false;
      response.end(Buffer.alloc(2 ** 25));
    });
    const { open: opened, waits } = openerOf({ allow: [address], retries: 0 });
    let give = (): void => undefined;
    const rooms: number[] = [];
    const bytes = opened(address, undefined, (room) => {
      rooms.push(room);
      return new Promise((resolve) => (give = resolve));
    });
    while (rooms.length === 0 || closed === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toHaveLength(1);
    give();
    expect(await bytes).toHaveLength(2 ** 25);
    expect({ requests: requests.length, rooms, waits }).toEqual({ requests: 2, rooms: [2 ** 25], waits: [] });
  });

  it('takes no more than maxBytes, announced or not', async () => {
    const announced = await startServer((_, response) => response.end(jpeg));
    const endless = await startServer((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1024)), 1);
      response.on('close', () => clearInterval(timer));
    });
    for (const { address, requests } of [announced, endless]) {
      const error = await failureOf(openerOf({ allow: [address], maxBytes: 7 }).open(address));
      expect(error).toMatchObject({ code: 'image-too-large', message: expect.stringContaining('is 7') as string });
      expect(requests).toHaveLength(1);
    }
  });

  it('refuses what comes compressed, however small', async () => {
    const { address } = await startServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2 ** 20))),
    );
    const error = await failureOf(openerOf({ allow: [address] }).open(address));
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('"gzip"') as string });
  });

  it('takes an image of any content type, and no page', async () => {
    const { address } = await startServer(({ url }, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(url === '/a' ? jpeg : ' <html>'),
    );
    const { open } = openerOf({ allow: [address] });
    expect(await open(`${address}a`)).toHaveLength(8);
    expect(await failureOf(open(`${address}b`))).toMatchObject({ code: 'image-invalid' });
  });

  it('follows redirects to where images may come from, five at most', async () => {
    const { address, requests } = await startServer(({ url }, response) => {
      const at = Number(url!.slice(2));
      if (url === '/n5') response.end(jpeg);
      else response.writeHead(302, { location: url!.startsWith('/x') ? `/x${at + 1}` : `/n${at + 1}` }).end();
    });
    const { open } = openerOf({ allow: [address] });
    expect(await open(`${address}n0`)).toHaveLength(8);
    expect(await failureOf(open(`${address}x0`))).toMatchObject({ code: 'io' });
    expect(requests).toHaveLength(12);
  });

  it('follows none to another place, and sends a login to no other host', async () => {
    const other = await startServer((_, response) => response.end(jpeg));
    const { address, requests } = await startServer((_, response) =>
      response.writeHead(307, { location: `${other.address}b` }).end(),
    );
    const withLogin = address.replace('//', '//me:p%40ss@');
    const error = await failureOf(openerOf({ allow: [address] }).open(`${withLogin}a`));
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain(`--allow ${other.address}`);
    expect(other.requests).toHaveLength(0);
    expect(await openerOf({ allow: [address, other.address] }).open(`${withLogin}a`)).toHaveLength(8);
    expect(requests.at(-1)!.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
    expect(other.requests[0]!.headers.authorization).toBeUndefined();
  });

  it('makes no connection to this machine, by name, by address, or by a redirect', async () => {
    const { address, requests } = await startServer((_, response) => response.end(jpeg));
    const { port } = new URL(address);
    const hosts = ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0'];
    for (const host of hosts) {
      const { open } = openerOf({ allow: ['http://*:' + port], allowPrivate: false });
      const error = await failureOf(open(`http://${host}:${port}/latest/meta-data`));
      expect([host, error.code, error.message]).toEqual([
        host,
        'unsupported',
        expect.stringContaining('--allow-private'),
      ]);
    }
    expect(requests).toHaveLength(0);
  });

  it('never says what a URL keeps secret', async () => {
    const { address } = await startServer((_, response) => response.writeHead(404).end());
    const { open } = openerOf({ allow: [address] });
    const secret = `${address.replace('//', '//me:hunter2@')}a.jpg?id=1&X-Amz-Signature=hunter2&token=hunter2`;
    const { message } = await failureOf(open(secret));
    expect(message).toContain('id=1&X-Amz-Signature=***');
    expect(message).not.toContain('hunter2');
    expect((await failureOf(openerOf({ allow: [] }).open(secret))).message).not.toContain('hunter2');
  });

  it.each(['ftp://a.org/b', 'photos/a.jpg', 'http://', 's3://', 's3://bucket/../x', 'S3://b'])(
    'opens nothing of %j',
    async (uri) => {
      expect(await failureOf(openerOf({ allow: ['https://*/', 's3://bucket'] }).open(uri))).toMatchObject({
        code: 'unsupported',
      });
    },
  );

  it('ends at once with its signal, also while it waits', async () => {
    const { address } = await startServer((_, response) => response.writeHead(503).end());
    const controller = new AbortController();
    const sleep = (_: number, signal?: AbortSignal): Promise<void> => {
      controller.abort(new Error('enough'));
      return Promise.reject(signal!.reason as Error);
    };
    const open = createOpener({ ...patient, allow: [address], sleep });
    expect(await failureOf(open(address, controller.signal))).toMatchObject({ code: 'aborted' });
    expect(await failureOf(open(address, controller.signal))).toMatchObject({ code: 'aborted' });
  });
});
