import type { Dispatcher } from 'undici';
import { createS3Client } from '../s3/s3-client.ts';
import type { S3Client } from '../s3/s3-client.ts';
import type { S3Options } from '../s3/s3-options.ts';
import { createDispatcher } from './create-dispatcher.ts';
import type { NetworkOptions } from './network-options.ts';

/** What carries requests. */
export interface Network {
  readonly dispatcher: Dispatcher;
  readonly client: S3Client;
  readonly totalTimeoutMs: number;
}

/** The connections that options ask for. An endpoint of S3 may be private: whoever runs this names
 * it, and no list of images does.
 */
export function networkOf(options: NetworkOptions, s3: S3Options, allowPrivate = false): Network {
  const { timeoutMs = 30_000, totalTimeoutMs = 120_000, ca, now = Date.now } = options;
  const connections = (toPrivate: boolean): Dispatcher => {
    return options.dispatcher ?? createDispatcher({ allowPrivate: toPrivate, timeoutMs, ca });
  };
  const dispatcher = connections(allowPrivate);
  const s3Dispatcher = s3.endpoint === undefined ? dispatcher : connections(true);
  const client = createS3Client({ ...options, ...s3, dispatcher: s3Dispatcher, totalTimeoutMs, now });
  return { dispatcher, client, totalTimeoutMs };
}
