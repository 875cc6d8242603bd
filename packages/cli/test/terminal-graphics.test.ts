import { describe, expect, it } from 'vitest';
import { terminalGraphics } from '../src/output/terminal-graphics.ts';
import type { InlineChoice } from '../src/output/terminal-graphics.ts';
import type { Terminal } from '../src/terminal/terminal.ts';

function graphics(
  env: Terminal['env'],
  { asked = 'auto', isTTY = true }: { asked?: InlineChoice; isTTY?: boolean } = {},
) {
  return terminalGraphics({ env, stderr: { isTTY } } as Terminal, asked);
}

describe('terminalGraphics(terminal, asked)', () => {
  // As these terminals name themselves.
  it.each([
    [{ TERM: 'xterm-kitty', KITTY_WINDOW_ID: '1' }, 'kitty'],
    [{ TERM: 'xterm-ghostty', TERM_PROGRAM: 'ghostty' }, 'kitty'],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, 'iterm'],
    [{ TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }, 'iterm'],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, 'iterm'],
    [{ TERM: 'foot' }, 'sixel'],
    [{ TERM: 'mlterm-256color' }, 'sixel'],
    [{ TERM: 'xterm-256color', KONSOLE_VERSION: '230801' }, 'sixel'],
    [{ TERM: 'xterm-256color', KONSOLE_VERSION: '210801' }, null],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, null],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }, null],
    [{ TERM: 'xterm-kitty', NO_COLOR: '1' }, null],
    [{ TERM: 'dumb', KITTY_WINDOW_ID: '1' }, null],
    [{ TERM: 'tmux-256color', KITTY_WINDOW_ID: '1' }, null],
    [{ TERM: 'xterm-kitty', TMUX: '/tmp/tmux-0/default,1,0' }, null],
    [{ TERM: 'xterm-kitty', CI: 'true' }, null],
    [{}, null],
  ])('of %j is %s', (env, expected) => expect(graphics(env)).toBe(expected));

  it('is none where the stream is not a terminal, and what is asked for where somebody asks', () => {
    expect(graphics({ TERM: 'xterm-kitty' }, { isTTY: false })).toBe(null);
    expect(graphics({ TERM: 'xterm-kitty' }, { asked: 'never' })).toBe(null);
    expect(graphics({ TERM: 'xterm' }, { asked: 'sixel' })).toBe('sixel');
  });
});
