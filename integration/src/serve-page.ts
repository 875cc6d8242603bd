import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on this machine with one empty page and one script; `close` ends it.
 * @param script an ES module, at `/bundle.js`.
 */
export async function servePage(script: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(({ url }, response) => {
    const isScript = url === '/bundle.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' });
    response.end(isScript ? script : '<!doctype html><link rel="icon" href="data:,"><title>qualm</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}
