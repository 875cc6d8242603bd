import { lookup as lookUp } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import type { Dispatcher } from 'undici';
import { isPublicAddress } from './is-public-address.ts';

/** Which connections are made. */
export interface DispatcherOptions {
  readonly allowPrivate: boolean;
  /** Milliseconds that a server may say nothing. */
  readonly timeoutMs: number;
  /** PEM certificates to trust, in the place of Node's. */
  readonly ca: string | undefined;
  /** What finds the addresses of a name; the system by default. */
  readonly lookup?: typeof lookUp;
}

const longestConnectMs = 10_000;

/** A connection that is not made, because it leads to this machine or a private network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** What carries requests. The address of a server is looked at when the connection is made, so that
 * a name that means something else by then is no way around.
 */
export function createDispatcher({ allowPrivate, timeoutMs, ca, lookup = lookUp }: DispatcherOptions): Dispatcher {
  const timeout = Math.min(timeoutMs, longestConnectMs);
  const tls = ca === undefined ? {} : { ca };
  const limits = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  if (allowPrivate) return new Agent({ ...limits, connect: { timeout, ...tls } });
  const connect = buildConnector({ timeout, ...tls, lookup: publicLookup(lookup) });
  return new Agent({
    ...limits,
    connect(options, callback) {
      // An address is not looked up.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0 && !isPublicAddress(host)) callback(refused(host), null);
      else connect(options, callback);
    },
  });
}

function publicLookup(lookup: typeof lookUp): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      // One private address among public ones is a trap rather than an accident.
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(refused(hostname), '', 0);
      if (options.all) return (callback as unknown as AllCallback)(null, addresses);
      return callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

type AllCallback = (error: null, addresses: readonly LookupAddress[]) => void;

function refused(host: string): PrivateAddressError {
  return new PrivateAddressError(`${host} is an address of this machine or of a private network`);
}
