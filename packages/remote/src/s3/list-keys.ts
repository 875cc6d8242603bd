import { QualmError } from '@qualm/types';
import { readBody } from '../net/read-body.ts';
import type { S3Client } from './s3-client.ts';
import { parseListing } from './s3-xml.ts';
import type { ListedPage } from './s3-xml.ts';
import type { S3Place } from './s3-uri.ts';

const mostPageBytes = 16 * 2 ** 20;

/** The keys that begin with that of a place, in the order of their bytes.
 * @throws QualmError
 */
export async function* listKeys(
  client: S3Client,
  { bucket, key: prefix }: S3Place,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const what = `list: "s3://${bucket}/${prefix}"`;
  let token: string | null = null;
  do {
    const query = {
      'encoding-type': 'url',
      'list-type': '2',
      prefix,
      ...(token !== null && { 'continuation-token': token }),
    };
    const request = { method: 'GET', bucket, key: '', query, what, signal } as const;
    const page: ListedPage = await client.ask(request, async (response) => {
      const bytes = await readBody(response, { what, maxBytes: mostPageBytes });
      return parsed(what, new TextDecoder().decode(bytes));
    });
    yield* page.keys;
    if (page.next !== null && page.next === token) throw new QualmError('io', `${what}: the same page came twice`);
    token = page.next;
  } while (token !== null);
}

function parsed(what: string, xml: string): ListedPage {
  try {
    return parseListing(xml);
  } catch (cause) {
    throw new QualmError('io', `${what}: the answer cannot be read; is this an S3 endpoint?`, { cause });
  }
}
