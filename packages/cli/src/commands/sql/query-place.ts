import { QualmError } from '@qualm/types';
import stringWidth from 'string-width';

/** As much of a line as is shown on each side of the place. */
const aside = 60;

/** The error of a text with the line that is wrong, and a caret below the place that the message
 * names; others as they are.
 * @example queryPlace(error, 'SELECT ML_PREDICT(yolo, image)') // the message, then '  1 | SELECT ML_PREDICT(yolo, image)' and '    |                   ^'
 */
export function queryPlace(error: unknown, text: string): unknown {
  if (!QualmError.is(error, 'query-invalid')) return error;
  const [, line, column] = /\(line (\d+), column (\d+)\)$/.exec(error.message) ?? [];
  const written = text.split('\n')[Number(line) - 1];
  if (written === undefined) return error;
  const characters = [...written].slice(0, Number(column) - 1).join('');
  const before = characters.trimStart();
  const start = before.length > aside ? `…${before.slice(-aside)}` : before;
  const after = written.slice(characters.length);
  const end = after.length > aside ? `${after.slice(0, aside)}…` : after;
  const margin = ' '.repeat(line!.length);
  const shown = `${start}${end}`.replaceAll('\t', ' ').trimEnd();
  const caret = `${' '.repeat(stringWidth(start.replaceAll('\t', ' ')))}^`;
  const message = `${error.message}\n  ${line} | ${shown}\n  ${margin} | ${caret}`;
  return new QualmError('query-invalid', message, { cause: error });
}
