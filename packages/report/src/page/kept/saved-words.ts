import { countText } from '@qualm/types';

/** Names that are said. */
const mostNames = 3;

/** What people are told after something was saved; empty where all is well.
 * @param what such as `marks`
 * @param behind names of what somebody else had changed meanwhile
 * @param unkept how many will be lost with the page
 */
export function savedWords(
  what: 'marks' | 'answers',
  { behind, things, unkept }: { readonly behind: readonly string[]; readonly things: string; readonly unkept: number },
  error: Error | null,
): string {
  const kept = what === 'marks' ? 'Marks' : 'Answers';
  if (error)
    return `Not saved: ${error.message.replace(/(?<![.?!])$/, '.')} ${kept} are kept in this page and saved with the next one; or export them.`;
  if (behind.length === 0) return unkept > 0 ? lostWords(what) : '';
  const whose = behind.length > mostNames ? `${countText(behind.length)} ${things}` : behind.join(', ');
  const done = what === 'marks' ? 'marked' : 'answered';
  return `${whose}: ${done} by somebody else meanwhile; this page shows that now.`;
}

function lostWords(what: 'marks' | 'answers'): string {
  const exported = what === 'marks' ? 'them' : 'labels';
  return `This browser keeps no more ${what}: it is full, or a private window. Export ${exported} before you close the page.`;
}
