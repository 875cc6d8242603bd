import { QualmError } from '@qualm/types';

/** Tells a page in the place of an image: a login, an error with the status of a success. What a
 * server calls its content decides nothing by itself, since many call images anything.
 * @throws QualmError `image-invalid`
 */
export function assertNotPage(what: string, type: string | undefined, bytes: Uint8Array): void {
  if (type === undefined || !/^\s*(text\/|application\/(json|xml|xhtml))/i.test(type)) return;
  const first = bytes.find((byte) => byte > 0x20);
  if (first !== 0x3c && first !== 0x7b && first !== 0xef) return;
  const named = JSON.stringify(type.split(';')[0]!.trim().slice(0, 40));
  throw new QualmError('image-invalid', `${what}: a page came (${named}), no image; does it need a login?`);
}
