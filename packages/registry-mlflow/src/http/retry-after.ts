import type { Dispatcher } from 'undici';

/** Seconds that an answer asks to wait, as a number or a date beside its own; null where it asks
 * for nothing.
 */
export function retryAfter({ headers }: Pick<Dispatcher.ResponseData, 'headers'>): number | null {
  const text = single(headers['retry-after']);
  if (text === undefined) return null;
  const date = Date.parse(single(headers['date']) ?? '');
  const seconds = /^\s*\d+\s*$/.test(text) ? Number(text) : (Date.parse(text) - date) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
