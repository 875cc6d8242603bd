import { styleText } from 'node:util';
import { printableLines } from '@qualm/types';

/** Text with a style, such as `bold` or `dim`, where a terminal shows it. */
export interface Styled {
  readonly style: Parameters<typeof styleText>[0];
  readonly text: string;
}

/** A line of plain and styled parts, with what would move the cursor made visible. */
export function styledText(parts: readonly (string | Styled)[], escapes: boolean): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return printableLines(part);
      const text = printableLines(part.text);
      return escapes && text !== '' ? styleText(part.style, text, { validateStream: false }) : text;
    })
    .join('');
}
