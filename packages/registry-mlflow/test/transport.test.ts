import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMlflowRegistry } from '../src/index.ts';
import type { MlflowRegistryOptions } from '../src/index.ts';
import { expectError } from './expect-error.ts';
import { startFake } from './fake-server.ts';

const impatient: MlflowRegistryOptions = { maxRetries: 0, jitterSeconds: 0 };

function list(options: MlflowRegistryOptions): Promise<readonly unknown[]> {
  const registry = createMlflowRegistry({ ...impatient, ...options });
  onTestFinished(() => registry.dispose());
  return registry.list();
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

describe('https', () => {
  let server: { readonly cert: string; readonly private: string };
  let client: { readonly cert: string; readonly private: string };

  beforeAll(async () => {
    const names = { name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'localhost' }] };
    server = await generate([{ name: 'commonName', value: 'localhost' }], { extensions: [names], algorithm: 'sha256' });
    client = await generate([{ name: 'commonName', value: 'ann' }], { algorithm: 'sha256' });
  });

  async function start(wantsClient: boolean): Promise<{ address: string; names: (string | undefined)[] }> {
    const names: (string | undefined)[] = [];
    const secrets = { cert: server.cert, key: server.private };
    const clients = wantsClient ? { requestCert: true, ca: client.cert } : {};
    const https = createServer({ ...secrets, ...clients }, ({ socket }, response) => {
      const { subject } = (socket as TLSSocket).getPeerCertificate();
      names.push(subject?.CN as string | undefined);
      response.setHeader('content-type', 'application/json').end('{}');
    });
    https.on('tlsClientError', () => undefined);
    return { address: `https://localhost:${await listening(https)}`, names };
  }

  it('of an unknown certificate is refused, saying how to trust it', async () => {
    const { address, names } = await start(false);
    await expectError(list({ trackingUri: address }), 'registry-unavailable', 'MLFLOW_TRACKING_SERVER_CERT_PATH');
    expect(names).toEqual([]);
  });

  it('of a certificate that is trusted, or with all trusted, works', async () => {
    const { address } = await start(false);
    expect(await list({ trackingUri: address, ca: server.cert })).toEqual([]);
    expect(await list({ trackingUri: address, insecureTls: true })).toEqual([]);
  });

  it('with a client certificate shows who asks', async () => {
    const { address, names } = await start(true);
    const clientCertificate = `${client.private}\n${client.cert}`;
    await list({ trackingUri: address, ca: server.cert, clientCertificate });
    expect(names).toEqual(['ann']);
    await expectError(list({ trackingUri: address, ca: server.cert }), 'registry-unavailable');
  });
});

describe('a proxy', () => {
  it('carries requests, but not those to hosts that need none', async () => {
    const { address, requests } = await startFake(({ path }, response) => {
      if (!path.endsWith('/search')) return false;
      return response.setHeader('content-type', 'application/json').end('{}') && true;
    });
    const through: string[] = [];
    const proxy = createHttpServer((_request, response) => response.writeHead(501).end());
    proxy.on('connect', ({ url }, socket: Socket) => {
      through.push(url!);
      const target = connect(Number(new URL(address).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
      onTestFinished(() => void target.destroy());
    });
    const http = `http://127.0.0.1:${await listening(proxy)}`;
    await list({ trackingUri: address, proxy: { http } });
    expect(through).toEqual([new URL(address).host]);
    await list({ trackingUri: address, proxy: { http, none: '127.0.0.1' } });
    expect(through).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });
});
