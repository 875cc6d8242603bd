import { QualmError } from '@qualm/types';
import type { WorkerRequest } from '@qualm/types';

/** The request of a line; what is wrong with its image, its answer will say.
 * @param line its number, from 1, for messages.
 * @throws QualmError `request-invalid` for a line that has no id to answer to.
 */
export function parseRequest(text: string, line: number): WorkerRequest {
  const value = parseJson(text, line);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(line, 'is not a JSON object; expected {"id":"...","image":"..."}');
  if (typeof (value as { readonly id?: unknown }).id !== 'string')
    throw invalid(line, 'has no `id` that is a text; expected {"id":"...","image":"..."}');
  return value as WorkerRequest;
}

function parseJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const what = text.trim() === '' ? 'is empty' : 'is not valid JSON';
    throw invalid(line, `${what}; expected {"id":"...","image":"..."}`, cause);
  }
}

function invalid(line: number, what: string, cause?: unknown): QualmError {
  return new QualmError('request-invalid', `line ${line} ${what}`, { cause });
}
