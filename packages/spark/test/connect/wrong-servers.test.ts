import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { QualmError } from '@qualm/types';
import { connect } from '../../src/index.ts';

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listening(server: NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function failure(address: string, timeout = 5000): Promise<QualmError> {
  const error: unknown = await connect(address, { timeout }).then(
    () => null,
    (error: unknown) => error,
  );
  if (!QualmError.is(error)) throw new Error(`no error of ours: ${String(error)}`);
  return error;
}

describe('connect, where no Spark Connect is', () => {
  it('nothing listens: it says so at once', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const error = await failure(`sc://127.0.0.1:${port}`);
    expect(error.code).toBe('spark-unavailable');
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.message).toContain('check the address');
  });

  it('no such host', async () => {
    expect(await failure('sc://no-such-host.invalid')).toMatchObject({ code: 'spark-unavailable' });
  });

  it('a web server', async () => {
    const port = await listening(createHttpServer((_, response) => response.end('hello')));
    expect(await failure(`sc://127.0.0.1:${port}`)).toMatchObject({ code: 'spark-unavailable' });
  });

  it('garbage', async () => {
    const port = await listening(createServer((socket) => socket.end(Buffer.alloc(4096, 'garbage'))));
    expect(await failure(`sc://127.0.0.1:${port}`)).toMatchObject({ code: 'spark-unavailable' });
  });

  it('silence: it ends with the time limit', async () => {
    const port = await listening(createServer());
    const error = await failure(`sc://127.0.0.1:${port}`, 200);
    expect(error.code).toBe('spark-unavailable');
    expect(error.message).toContain('did not answer in time');
  });

  it('gRPC of something else', async () => {
    const server = new Server();
    const port = await new Promise<number>((done, fail) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? fail(error) : done(port),
      ),
    );
    cleanups.push(() => server.forceShutdown());
    const error = await failure(`sc://127.0.0.1:${port}`);
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('Spark 3.5 or newer');
  });

  it('a signal ends it', async () => {
    const port = await listening(createServer());
    const error: unknown = await connect(`sc://127.0.0.1:${port}`, { signal: AbortSignal.timeout(50) }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(QualmError.is(error, 'aborted')).toBe(true);
  });

  it.each([
    ['sc://spark.example.com/;token=abcdef;use_ssl=false', {}],
    ['sc://spark.example.com/;use_ssl=false', { token: 'abcdef' }],
  ])('a token that would travel in the clear is refused: %s', async (address, options) => {
    const error: unknown = await connect(address, options).then(
      () => null,
      (error: unknown) => error,
    );
    expect(error).toMatchObject({ code: 'options-invalid' });
    expect(String(error)).toContain('without encryption');
    expect(String(error)).not.toContain('abcdef');
  });

  it('certificates that are none are refused', async () => {
    const connecting = connect('sc://localhost/;use_ssl=true', { certificates: 'no PEM' });
    await expect(connecting).rejects.toMatchObject({ code: 'options-invalid' });
  });
});
