import { expect, it } from 'vitest';
import { styledText } from '../src/terminal/styled-text.ts';

const parts = ['1  ', { style: 'bold', text: '.0041' }, { style: 'dim', text: '' }, '  \u001b[2J.jpg'] as const;

it('styles its parts where a terminal shows it, and no text can', () => {
  expect(styledText(parts, true)).toBe('1  \u001b[1m.0041\u001b[22m  \\x1b[2J.jpg');
  expect(styledText(parts, false)).toBe('1  .0041  \\x1b[2J.jpg');
});
