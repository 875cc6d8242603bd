import { isIP } from 'node:net';
import { QualmError } from '@qualm/types';

/** What an address of Spark Connect says. */
export interface SparkAddress {
  readonly host: string;
  readonly port: number;
  /** `sc://host:port`, to be shown: without the token. */
  readonly name: string;
  readonly isLoopback: boolean;
  /** What the address says of TLS; null where it says nothing. */
  readonly useTls: boolean | null;
  readonly token: string | null;
  readonly userId: string | null;
  readonly userAgent: string | null;
  readonly sessionId: string | null;
  /** What a server is sent with every call, beside the token. */
  readonly headers: Readonly<Record<string, string>>;
}

const wanted = 'expected sc://host:15002/;token=...;use_ssl=true';
const defaultPort = 15002;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const headerName = /^[0-9a-z_.-]+$/;
/** Headers that are the connection's own business. */
const ownHeader = /^(grpc-|:|authorization$|content-type$|te$|user-agent$|host$)/;

/** Reads `sc://host[:port][/;key=value...]`, as Spark's own clients do. No message has the
 * token, or what stands behind the host.
 * @throws QualmError `options-invalid`
 */
export function parseSparkAddress(text: string): SparkAddress {
  const match = /^sc:\/\/(\[[0-9a-f:.]+\]|[^/:;?#@[\]\s]+)(?::(\d+))?\/?((?:;[^;]*)*)$/i.exec(text.trim());
  if (!match) throw invalid(`"${shown(text)}" is not an address of Spark Connect`);
  const [, bracketed = '', digits, rest = ''] = match;
  const host = bracketed.replace(/^\[|\]$/g, '');
  const port = digits === undefined ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535) throw invalid(`${digits} is not a port`);
  const isLoopback = /^localhost$|^127\./i.test(host) || host === '::1';
  const { token, use_ssl, user_id, user_agent, session_id, ...headers } = pairsOf(rest);
  if (session_id !== undefined && !uuid.test(session_id)) throw invalid('session_id is not a UUID');
  if (use_ssl !== undefined && !/^(true|false)$/i.test(use_ssl)) throw invalid('use_ssl is neither true nor false');
  for (const [name, value] of Object.entries(headers)) {
    if (!headerName.test(name) || ownHeader.test(name) || !/^[\x20-\x7e]*$/.test(value))
      throw invalid(`the parameter "${shown(name)}" cannot be a header`);
  }
  const useTls = use_ssl === undefined ? null : use_ssl.toLowerCase() === 'true';
  return {
    ...{ host, port, isLoopback, useTls, headers },
    name: `sc://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    ...{ token: token ?? null, userId: user_id ?? null, userAgent: user_agent ?? null, sessionId: session_id ?? null },
  };
}

function pairsOf(rest: string): Record<string, string | undefined> & Record<string, string> {
  const pairs = rest.split(';').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw invalid('a parameter has no value');
      try {
        return [pair.slice(0, at).toLowerCase(), decodeURIComponent(pair.slice(at + 1))];
      } catch (error) {
        throw invalid(`the value of ${shown(pair.slice(0, at))} is not percent-encoded UTF-8`, error);
      }
    }),
  ) as Record<string, string>;
}

/** What stands in front of the parameters, among which a token may be. */
function shown(text: string): string {
  const [head = ''] = text.split(/[;?#@]/);
  return head.length < text.length ? `${head.slice(0, 80)}...` : head.slice(0, 80);
}

function invalid(what: string, cause?: unknown): QualmError {
  return new QualmError('options-invalid', `connect: ${what}; ${wanted}`, { cause });
}
