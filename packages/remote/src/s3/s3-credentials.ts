/** What requests to S3 are signed with. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end; never where absent. */
  readonly expiration?: Date | undefined;
}

/** Credentials, or what asks for them, such as `fromNodeProviderChain()` of
 * `@aws-sdk/credential-providers`: it is asked again when they end or are refused.
 */
export type S3CredentialsSource = S3Credentials | (() => Promise<S3Credentials>);

/** Credentials as long as they are good. */
export interface CredentialsCache {
  get(): Promise<S3Credentials>;
  /** Has these asked for again next time; false where there is nobody to ask. */
  refuse(credentials: S3Credentials): boolean;
}

/** So long before they end credentials are asked for again. */
const marginMs = 60_000;

/** @param now milliseconds since 1970 */
export function createCredentialsCache(source: S3CredentialsSource, now: () => number): CredentialsCache {
  if (typeof source !== 'function') return { get: () => Promise.resolve(source), refuse: () => false };
  let asked: Promise<S3Credentials> | null = null;
  let known: S3Credentials | null = null;
  async function ask(provider: () => Promise<S3Credentials>): Promise<S3Credentials> {
    try {
      known = await provider();
      return known;
    } catch (error) {
      asked = null;
      throw error;
    }
  }
  return {
    get() {
      if (known?.expiration && known.expiration.getTime() - marginMs < now()) asked = known = null;
      return (asked ??= ask(source));
    },
    refuse(credentials) {
      if (credentials === known) asked = known = null;
      return true;
    },
  };
}
