import { countWords } from '../words.ts';

/** Names that are said. */
const mostNames = 3;

/** What people are told after something was saved; empty where all is well.
 * @param what such as `marks`
 * @param behind names of what somebody else had changed meanwhile
 */
export function savedWords(
  what: 'marks' | 'answers',
  { behind, things }: { readonly behind: readonly string[]; readonly things: string },
  error: Error | null,
): string {
  const kept = what === 'marks' ? 'Marks' : 'Answers';
  if (error)
    return `Not saved: ${error.message}. ${kept} are kept in this page and saved with the next one; or export them.`;
  if (behind.length === 0) return '';
  const whose = behind.length > mostNames ? `${countWords(behind.length)} ${things}` : behind.join(', ');
  const done = what === 'marks' ? 'marked' : 'answered';
  return `${whose}: ${done} by somebody else meanwhile; this page shows that now.`;
}
