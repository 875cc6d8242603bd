import { randomUUID } from 'node:crypto';
import { createCalls } from './calls.ts';
import type { ConnectOptions } from './connect-options.ts';
import { openChannel } from './open-channel.ts';
import { createRetries, sparkDelays } from './retry-delays.ts';
import type { Server } from './server.ts';
import type { SparkAddress } from './spark-address.ts';

/** A server and a session on it that nothing was asked yet.
 * @throws QualmError `options-invalid`
 */
export function createServer(address: SparkAddress, options: ConnectOptions): Server {
  const { token = address.token, certificates, retryDelays = sparkDelays } = options;
  const client = openChannel(address, { hasToken: token !== null, certificates });
  const headers = async (): Promise<Record<string, string>> => {
    const value = typeof token === 'function' ? await token() : token;
    return { ...address.headers, ...(value !== null && { authorization: `Bearer ${value}` }) };
  };
  const userId = address.userId ?? 'qualm';
  const session = {
    sessionId: address.sessionId ?? randomUUID(),
    userContext: { userId, userName: userId },
    clientType: [address.userAgent ?? 'qualm', `node/${process.versions.node}`].join(' '),
  };
  let observed = '';
  const said = new Set<Promise<unknown>>();
  return {
    name: address.name,
    client,
    calls: createCalls(client, headers),
    identity: () => ({ ...session, ...(observed !== '' && { clientObservedServerSideSessionId: observed }) }),
    see({ serverSideSessionId }) {
      observed = serverSideSessionId || observed;
    },
    retries: (signal) => createRetries(retryDelays, signal),
    aside(promise) {
      const settled = promise.catch(() => undefined).finally(() => said.delete(settled));
      said.add(settled);
    },
    async settled() {
      await Promise.all(said);
    },
  };
}
