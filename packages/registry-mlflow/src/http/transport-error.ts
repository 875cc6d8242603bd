import { QualmError } from '@qualm/types';
import { TransientError } from './retry.ts';

/** The error of the last attempt, as what it means to the caller. */
export function unavailable(error: unknown, address: string): Error {
  if (!(error instanceof TransientError)) return error as Error;
  return new QualmError(
    'registry-unavailable',
    `registry ${address}: ${error.message}; check the address, and that the server runs`,
    { cause: error },
  );
}

/** Nothing was sent where the connection never came about, so anything may be asked again. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const interrupted = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
  'HPE_INVALID_EOF_STATE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'Z_BUF_ERROR',
  'Z_DATA_ERROR',
]);

/** True for a connection that broke, stalled, or never came about. */
export function isInterruption(error: unknown): boolean {
  return codesOf(error).some((code) => interrupted.has(code) || unconnected.has(code));
}

/** What came between us and a server: transient where another attempt may help, and may be made. */
export function transportError(error: unknown, address: string, repeatable: boolean): Error {
  const codes = codesOf(error);
  const message = describe(error);
  if (codes.some((code) => unconnected.has(code) || (repeatable && interrupted.has(code))))
    return new TransientError(message, { cause: error });
  const hint = codes.some((code) => /CERT|SELF_SIGNED|TLS/.test(code))
    ? 'give the certificate to trust (MLFLOW_TRACKING_SERVER_CERT_PATH)'
    : 'check the address, and that the server runs';
  return new QualmError('registry-unavailable', `registry ${address}: ${message}; ${hint}`, { cause: error });
}

function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const own = typeof code === 'string' ? [code] : [];
  return [...own, ...codesOf(cause), ...(Array.isArray(errors) ? errors.flatMap(codesOf) : [])];
}

function describe(error: unknown): string {
  const [code] = codesOf(error);
  const message = error instanceof Error && error.message !== '' ? error.message : 'no answer';
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
