import type { TerminalGraphics } from '@qualm/viz';
import type { Terminal } from '../terminal/terminal.ts';
import { wantsEscapes } from '../terminal/terminal.ts';

/** What `--inline` can be told. */
export const inlineChoices = ['auto', 'iterm', 'kitty', 'sixel', 'never'] as const;
export type InlineChoice = (typeof inlineChoices)[number];

/** How this terminal shows pictures, by what it says of itself in its environment; null where it
 * cannot, or when that is unknown. Within tmux and screen they would not get through.
 */
export function terminalGraphics(terminal: Terminal, asked: InlineChoice): TerminalGraphics | null {
  if (asked === 'never') return null;
  if (asked !== 'auto') return asked;
  const { env } = terminal;
  const { TERM = '', TERM_PROGRAM: program = '', LC_TERMINAL: remote = '' } = env;
  if (!wantsEscapes(terminal, 'stderr') || env['CI'] || env['TMUX'] || /^(tmux|screen)/.test(TERM)) return null;
  if (env['KITTY_WINDOW_ID'] || /kitty|ghostty/.test(TERM) || program === 'ghostty') return 'kitty';
  if (['iTerm.app', 'WezTerm', 'mintty'].includes(program) || remote === 'iTerm2') return 'iterm';
  if (/sixel|^foot|^mlterm|^contour/.test(TERM) || Number(env['KONSOLE_VERSION'] ?? 0) >= 220_400) return 'sixel';
  return null;
}
