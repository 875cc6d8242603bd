import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP proxy whose connections can be cut. */
export interface CuttingProxy {
  readonly port: number;
  /** How many connections were made. */
  connections(): number;
  /** How many were cut. */
  cuts(): number;
  /** Cuts what there is; new connections work. */
  cut(): void;
  /** Cuts whatever carries these bytes more of one direction; new connections work. */
  cutAfter(bytes: number, from: 'client' | 'server'): void;
  /** Refuses new connections, too, until `mend`. */
  refuse(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A proxy in front of a port of this machine. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const left = { client: Infinity, server: Infinity };
  let [made, cut, isRefusing] = [0, 0, false];
  const cutAll = (): void => {
    for (const pair of pairs) {
      cut++;
      for (const socket of pair) socket.destroy();
    }
    pairs.clear();
  };
  const forward = (from: Socket, to: Socket, side: 'client' | 'server'): void => {
    from.on('data', (bytes) => {
      left[side] -= bytes.length;
      if (left[side] <= 0) {
        left[side] = Infinity;
        cutAll();
      } else if (!to.write(bytes)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    made++;
    const upstream = connect(target, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    forward(client, upstream, 'client');
    forward(upstream, client, 'server');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => made,
    cuts: () => cut,
    cut: cutAll,
    cutAfter(bytes, from) {
      left[from] = bytes;
    },
    refuse() {
      isRefusing = true;
      cutAll();
    },
    mend() {
      isRefusing = false;
    },
    async close() {
      cutAll();
      await new Promise((done) => server.close(done));
    },
  };
}
