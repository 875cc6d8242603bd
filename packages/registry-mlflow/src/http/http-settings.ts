import type { Dispatcher } from 'undici';
import type { RetryWait } from './retry.ts';

/** How a server is talked to. */
export interface HttpSettings {
  /** Basic authentication. A user and password in the URI count as well; these win. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  /** Accept any certificate. */
  readonly insecureTls?: boolean | undefined;
  /** PEM certificates to trust, instead of Node's. */
  readonly ca?: string | undefined;
  /** A PEM client certificate with its key. */
  readonly clientCertificate?: string | undefined;
  /** Seconds without a byte after which a request has failed, seconds that an answer other than a
   * file may take, and seconds in which 64 KiB of a file must come; 120 by default. A transfer that
   * moves is never cut.
   */
  readonly timeoutSeconds?: number | undefined;
  /** How often a request that may be repeated is, in a row without progress; 5 by default. */
  readonly maxRetries?: number | undefined;
  /** Seconds before the first repetition, doubled each time; .5 by default. */
  readonly backoffSeconds?: number | undefined;
  /** At most so many random seconds more; .5 by default. */
  readonly jitterSeconds?: number | undefined;
  /** Proxies, as in HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly none?: string } | undefined;
  /** What carries requests: one of undici's dispatchers. TLS and proxy settings above are then its
   * business.
   */
  readonly dispatcher?: Dispatcher | undefined;
  /** Hears of each wait before another attempt. */
  readonly onWait?: ((wait: RetryWait) => void) | undefined;
  /** 0 up to 1, for the jitter. */
  readonly random?: (() => number) | undefined;
}
