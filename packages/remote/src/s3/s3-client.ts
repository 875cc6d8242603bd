import { AwsV4Signer } from 'aws4fetch';
import type { Dispatcher } from 'undici';
import { QualmError } from '@qualm/types';
import { createDeadline } from '../net/deadline.ts';
import { drain } from '../net/drain.ts';
import { headerOf } from '../net/header-of.ts';
import { withRoom } from '../net/room.ts';
import { send } from '../net/send.ts';
import type { HttpResponse } from '../net/send.ts';
import { retry, throwIfAborted } from '../net/retry.ts';
import type { RetryOptions } from '../net/retry.ts';
import { TransientError } from '../net/transient-error.ts';
import { transportError } from '../net/transport-error.ts';
import { createCredentialsCache } from './s3-credentials.ts';
import type { S3Credentials } from './s3-credentials.ts';
import { s3Address } from './s3-address.ts';
import { assertCredentials, isRegion } from './s3-options.ts';
import type { S3Options } from './s3-options.ts';
import { refusalOf } from './s3-refusal.ts';
import type { S3Place } from './s3-uri.ts';

/** One request to S3. */
export interface S3Request extends S3Place {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** What is asked, for messages. */
  readonly what: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** Statuses beside 200 to 299 that are answers and no failures. */
  readonly accepts?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** Signed requests, tried again where that may help. */
export interface S3Client {
  /** What `read` makes of the answer; it is read within the attempt.
   * @throws QualmError `image-missing`, `access-denied`, `machine-trouble`, `io`, `aborted`. */
  ask<T>(request: S3Request, read: (response: HttpResponse) => Promise<T>): Promise<T>;
}

/** What a client is made of. */
export interface S3ClientOptions extends S3Options, RetryOptions {
  readonly dispatcher: Dispatcher;
  /** Milliseconds that an attempt may take. */
  readonly totalTimeoutMs: number;
  readonly now: () => number;
}

interface SignedRequest {
  readonly url: URL;
  readonly method: S3Request['method'];
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
}

export function createS3Client(options: S3ClientOptions): S3Client {
  const { dispatcher, totalTimeoutMs, now, endpoint, region: ownRegion = 'us-east-1' } = options;
  const cache = options.credentials === undefined ? null : createCredentialsCache(options.credentials, now);
  const regions = new Map<string, string>();

  async function signed(request: S3Request, credentials: S3Credentials | null): Promise<SignedRequest> {
    const { method, bucket, body, query = {}, headers = {} } = request;
    const region = regions.get(bucket) ?? ownRegion;
    const url = s3Address(request, region, endpoint);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // A plus is a plus to a signature, and a space to a server.
    url.search = url.search.replaceAll('+', '%20');
    const own = { 'accept-encoding': 'identity', ...headers };
    const target = { url, method, body: body ?? null };
    if (!credentials) return { ...target, headers: own };
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const hash = { 'x-amz-content-sha256': await sha256(body) };
    const session = sessionToken === undefined ? {} : { sessionToken };
    const datetime = new Date(now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
    const signer = new AwsV4Signer({
      ...{ method, url: url.href, service: 's3', region, datetime, accessKeyId, secretAccessKey, ...session },
      headers: { ...own, ...hash },
    });
    const { headers: all } = await signer.sign();
    return { ...target, headers: Object.fromEntries(all.entries()) };
  }

  async function attempt<T>(request: S3Request, read: (response: HttpResponse) => Promise<T>): Promise<T> {
    const { what, accepts = [], signal, bucket } = request;
    const credentials = cache && (await credentialsOf(cache.get(), what));
    const deadline = createDeadline(totalTimeoutMs, signal);
    try {
      const { url, ...target } = await signed(request, credentials);
      const response = await send(url, { ...target, dispatcher, signal: deadline.signal });
      try {
        const { statusCode: status, headers } = response;
        if ((status >= 200 && status < 300) || accepts.includes(status)) return await read(response);
        const region = headerOf(headers, 'x-amz-bucket-region');
        if (isRegion(region) && region !== (regions.get(bucket) ?? ownRegion) && endpoint === undefined) {
          regions.set(bucket, region);
          return await attempt(request, read);
        }
        throw await refusalOf(what, response, (isOfCredentials) => {
          return isOfCredentials && credentials !== null && cache!.refuse(credentials);
        });
      } finally {
        drain(response.body);
      }
    } catch (error) {
      throwIfAborted(what, signal);
      if (deadline.isOver()) throw new TransientError(`no whole answer within ${totalTimeoutMs / 1000} s`);
      throw transportError(what, error);
    } finally {
      deadline.clear();
    }
  }

  return {
    ask: (request, read) => retry(request.what, () => withRoom(() => attempt(request, read)), options, request.signal),
  };
}

async function credentialsOf(asked: Promise<S3Credentials>, what: string): Promise<S3Credentials> {
  try {
    const credentials = await asked;
    assertCredentials('credentials', credentials);
    return credentials;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new QualmError('access-denied', `${what}: no credentials: ${message}`, { cause });
  }
}

async function sha256(body: Uint8Array = new Uint8Array()): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>)).toString('hex');
}
