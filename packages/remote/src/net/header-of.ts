import type { Dispatcher } from 'undici';

/** A header of an answer, the first where there are several. */
export function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const header = headers[name];
  return Array.isArray(header) ? header[0] : header;
}
