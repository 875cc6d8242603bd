import type { Dispatcher } from 'undici';
import { maskUri, QualmError } from '@qualm/types';
import type { Deadline } from '../net/deadline.ts';
import { drain } from '../net/drain.ts';
import { headerOf } from '../net/header-of.ts';
import { send } from '../net/send.ts';
import type { HttpResponse } from '../net/send.ts';
import { statusError } from '../net/status-error.ts';
import type { AllowList } from './allow-list.ts';

/** How one attempt at a URL is made. */
export interface OpenHttpOptions {
  /** What is done, for messages. */
  readonly what: string;
  readonly dispatcher: Dispatcher;
  readonly allowList: AllowList;
  readonly deadline: Deadline;
}

const mostRedirects = 5;

/** What `read` makes of what is behind an http or https URL. Redirects are followed to where images
 * may come from, and never from https to http; user and password go to the host that they were
 * given for alone.
 * @throws QualmError, TransientError
 */
export async function openHttp<T>(
  uri: string,
  read: (response: HttpResponse) => Promise<T>,
  options: OpenHttpOptions,
): Promise<T> {
  const { what, dispatcher, allowList, deadline } = options;
  let url = new URL(uri);
  const { origin, username, password } = url;
  const login = username === '' ? {} : { authorization: basic(username, password) };
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    allowList.assertAllowed(url.href);
    const response = await send(withoutLogin(url), {
      dispatcher,
      signal: deadline.signal,
      headers: { accept: 'image/*, */*;q=.5', 'accept-encoding': 'identity', ...(url.origin === origin && login) },
    });
    try {
      const next = redirectOf(what, url, response);
      if (next === null) {
        if (response.statusCode === 200) return await read(response);
        throw statusError(what, response);
      }
      url = next;
    } finally {
      drain(response.body);
    }
  }
  throw new QualmError('io', `${what}: more than ${mostRedirects} redirects`);
}

function redirectOf(what: string, from: URL, { statusCode, headers }: HttpResponse): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return null;
  const location = headerOf(headers, 'location');
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw new QualmError('io', `${what}: status ${statusCode} without a place to go on`);
  }
  const to = new URL(location, from);
  if (!/^https?:$/.test(to.protocol) || (from.protocol === 'https:' && to.protocol === 'http:')) {
    throw new QualmError(
      'unsupported',
      `${what}: it redirects to ${maskUri(to.href)}; from https only https is followed`,
    );
  }
  return to;
}

function withoutLogin(url: URL): URL {
  const bare = new URL(url);
  bare.username = bare.password = '';
  return bare;
}

function basic(username: string, password: string): string {
  const [user, word] = [username, password].map((part) => decode(part));
  return `Basic ${Buffer.from(`${user}:${word}`, 'utf8').toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
