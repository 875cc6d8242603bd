import { PrivateAddressError } from './create-dispatcher.ts';
import { RoomNeeded } from './room.ts';
import { TransientError } from './transient-error.ts';
import { QualmError } from '@qualm/types';

/** What came between us and a server, as an error that says whether to try again.
 * @param what what was asked, for messages
 */
export function transportError(what: string, error: unknown): Error {
  if (QualmError.is(error) || error instanceof TransientError || error instanceof RoomNeeded) return error;
  const found = causesOf(error);
  const refused = found.find((cause) => cause instanceof PrivateAddressError);
  if (refused) {
    const advice = 'pass allowPrivate: true (--allow-private) if images may come from there';
    return new QualmError('unsupported', `${what}: ${refused.message}; ${advice}`, { cause: error });
  }
  const codes = found.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const message = describe(error, codes);
  if (codes.some((code) => /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_(GET|VERIFY)/.test(code))) {
    const advice = 'give the certificate to trust (ca, NODE_EXTRA_CA_CERTS)';
    return new QualmError('access-denied', `${what}: ${message}; ${advice}`, { cause: error });
  }
  if (codes.some((code) => /INVALID_(ARG|URL|CHAR)/.test(code))) {
    return new QualmError('io', `${what}: ${message}`, { cause: error });
  }
  return new TransientError(message, { cause: error });
}

interface Cause {
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** An error and those behind it. */
function causesOf(error: unknown): Cause[] {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, errors } = error as Cause;
  return [error as Cause, ...causesOf(cause), ...(Array.isArray(errors) ? errors.flatMap(causesOf) : [])];
}

function describe(error: unknown, [code]: readonly string[]): string {
  const message = error instanceof Error && error.message !== '' ? error.message : 'no answer';
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
