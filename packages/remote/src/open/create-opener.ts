import type { Dispatcher } from 'undici';
import { assertOptions, assertText, assertWhole, maskUri, QualmError, wrongArgument } from '@qualm/types';
import type { OpenUri } from '@qualm/types';
import { createDeadline } from '../net/deadline.ts';
import { headerOf } from '../net/header-of.ts';
import { networkOf } from '../net/network-of.ts';
import { assertNetworkOptions } from '../net/network-options.ts';
import type { NetworkOptions } from '../net/network-options.ts';
import { readBody } from '../net/read-body.ts';
import { roomOfImage, withRoom } from '../net/room.ts';
import type { Room } from '../net/room.ts';
import { retry, throwIfAborted } from '../net/retry.ts';
import { TransientError } from '../net/transient-error.ts';
import { transportError } from '../net/transport-error.ts';
import { assertS3Options } from '../s3/s3-options.ts';
import type { S3Options } from '../s3/s3-options.ts';
import { parseS3Uri } from '../s3/s3-uri.ts';
import { createAllowList } from './allow-list.ts';
import { assertNotPage } from './assert-not-page.ts';
import { openHttp } from './open-http.ts';

/** Options of `createOpener`. */
export interface OpenerOptions extends NetworkOptions {
  /** The beginnings of URIs that may be opened: `https://images.example.org/`, `s3://bucket/photos/`.
   * Nothing else is, nor followed by a redirect. The host `*` is any, `*.example.org` any below. */
  readonly allow: readonly string[];
  /** Whether servers may be on this machine or in a private network; they may not by default. */
  readonly allowPrivate?: boolean;
  /** Bytes that an image may have; 100 MiB by default. */
  readonly maxBytes?: number;
  /** What is opened: a page in the place of an `image`, the default, is refused. */
  readonly content?: 'image' | 'any';
  readonly s3?: S3Options;
}

/** Opens images by http, https and s3, from where `allow` names and nowhere else: neither a list of
 * images, nor a redirect, nor a name that means another address by now leads it elsewhere. What may
 * pass is tried again: a connection that broke or stalled, 429, 500 and 503, as long as the server
 * asks for. It is the `open` of `predictStream` and of `openImage`.
 * @throws RangeError for options out of range. Of an image, QualmError `unsupported` (not allowed,
 * compressed), `image-missing` (404), `image-too-large`, `image-invalid` (a page), `access-denied`
 * (403, credentials that ended), `machine-trouble` (still no answer after all attempts), `io`,
 * `aborted`.
 * @example
 * const open = createOpener({ allow: ['https://images.example.org/'] });
 * await open('https://images.example.org/a.jpg'); // its bytes
 */
export function createOpener(options: OpenerOptions): OpenUri {
  assertOpenerOptions(options);
  const { allow, allowPrivate = false, maxBytes = 100 * 2 ** 20, content = 'image', s3 = {} } = options;
  const read = content === 'image' ? readImage : readBody;
  const allowList = createAllowList('createOpener', allow);
  const { dispatcher, client, totalTimeoutMs } = networkOf(options, s3, allowPrivate);

  async function openUrl(what: string, uri: string, room: Room, signal?: AbortSignal): Promise<Uint8Array> {
    const deadline = createDeadline(totalTimeoutMs, signal);
    try {
      return await openHttp(uri, (response) => read(response, { what, maxBytes, room }), {
        ...{ what, dispatcher, allowList, deadline },
      });
    } catch (error) {
      throwIfAborted(what, signal);
      if (deadline.isOver()) throw new TransientError(`no whole answer within ${totalTimeoutMs / 1000} s`);
      throw transportError(what, error);
    } finally {
      deadline.clear();
    }
  }

  return async (uri, signal, outer = () => Promise.resolve()) => {
    const room = roomOfImage(outer);
    assertText('open', 'its URI', uri, "a URI, such as 'https://images.example.org/a.jpg'");
    const what = `open: "${maskUri(uri)}"`;
    throwIfAborted(what, signal);
    if (/^s3:/i.test(uri)) {
      const place = parseS3Uri('open', uri);
      allowList.assertAllowed(uri);
      return client.ask({ ...place, method: 'GET', what, signal }, (response) =>
        read(response, { what, maxBytes, room }),
      );
    }
    if (!/^https?:/i.test(uri) || !URL.canParse(uri)) {
      throw new QualmError('unsupported', `${what} is no URL; expected http:, https: or s3:`);
    }
    return retry(what, () => withRoom(() => openUrl(what, uri, room, signal)), options, signal);
  };
}

async function readImage(
  response: Pick<Dispatcher.ResponseData, 'headers' | 'body'>,
  options: Parameters<typeof readBody>[1],
): Promise<Uint8Array> {
  const bytes = await readBody(response, options);
  assertNotPage(options.what, headerOf(response.headers, 'content-type'), bytes);
  return bytes;
}

function assertOpenerOptions(options: OpenerOptions): void {
  assertOptions('createOpener', options, "{ allow: ['https://images.example.org/'] }");
  assertNetworkOptions('createOpener', options);
  const { maxBytes = 1, content = 'image', s3 = {} } = options;
  assertWhole('createOpener', 'maxBytes', maxBytes, 1);
  if (content !== 'image' && content !== 'any')
    throw wrongArgument('createOpener', 'content', content, "'image' or 'any'");
  assertS3Options('createOpener', s3);
}
