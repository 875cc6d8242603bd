import type { Dispatcher } from 'undici';
import { headerOf } from './header-of.ts';

/** Milliseconds that an answer asks to wait, as a number of seconds or a date beside its own; 0
 * where it asks for nothing that can be read.
 */
export function retryAfterMs(headers: Dispatcher.ResponseData['headers']): number {
  const text = headerOf(headers, 'retry-after');
  if (text === undefined) return 0;
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  const ms = /^\s*\d+\s*$/.test(text) ? 1000 * Number(text) : Date.parse(text) - date;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
