import type { HeadDefinition, Heads } from './head-definition.ts';

/** What messages call one of these heads: by its type, and by the key that it stands under where
 * that says more.
 * @example namedHead({ './mine.ts#mine': mine }, mine) // 'head "mine" (./mine.ts#mine)'
 */
export function namedHead(heads: Heads, head: HeadDefinition): string {
  const { type } = head;
  const [key = type] = Object.entries(heads).find(([, other]) => other === head) ?? [];
  return `head "${type}"${key === type ? '' : ` (${key})`}`;
}

/** How code names the head under a key.
 * @example headPlace('./mine.ts#mine') // 'heads["./mine.ts#mine"]'
 */
export function headPlace(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `heads.${key}` : `heads[${JSON.stringify(key)}]`;
}
