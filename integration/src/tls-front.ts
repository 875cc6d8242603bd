import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A port that speaks TLS in front of one that does not. */
export interface TlsFront {
  readonly port: number;
  /** The certificate, which nobody signed but itself. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** TLS for `localhost`, with HTTP/2 unless told otherwise, in front of a port of this machine, as a
 * proxy of a company has it.
 */
export async function startTlsFront(
  target: number,
  folder: string,
  protocols: readonly string[] = ['h2'],
): Promise<TlsFront> {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  const certificate = await readFile(cert, 'utf8');
  const server = createServer(
    { key: await readFile(key), cert: certificate, ALPNProtocols: [...protocols] },
    (client) => {
      const upstream = connect(target, '127.0.0.1');
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      client.pipe(upstream).pipe(client);
    },
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    async close() {
      await new Promise((done) => server.close(done));
    },
  };
}
