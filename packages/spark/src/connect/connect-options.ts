/** What a session is opened with, beside its address. */
export interface ConnectOptions {
  /** In place of `token=` in the address, so that no address holds a secret; a function is asked
   * before each call, for tokens that expire.
   */
  readonly token?: string | (() => string | Promise<string>);
  /** Certificates (PEM) that are trusted beside those that Node brings: of a company's own
   * authority.
   */
  readonly certificates?: Uint8Array | string;
  /** Ends opening; the session that is open goes on. */
  readonly signal?: AbortSignal;
  /** Milliseconds that opening may take; 30,000 by default. */
  readonly timeout?: number;
  /** Milliseconds to wait before a call that failed for the network is made again, one number for
   * each retry. Those of Spark's own clients by default: 15 retries in ten minutes.
   */
  readonly retryDelays?: readonly number[];
}
