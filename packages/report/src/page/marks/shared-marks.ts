import type { ReportData } from '../../report-data.ts';
import type { Keeper } from '../kept/keeper.ts';
import { thingWords } from '../words.ts';

/** Milliseconds for which a page waits for more marks of another tab: they come one by one. */
const calm = 100;
/** Names that are said. */
const mostNames = 3;

/** Takes over what others mark: this browser tells of its other tabs, a server is asked when
 * somebody comes back to the page.
 */
export function followMarks(marks: Pick<Keeper<unknown>, 'refresh'>, onNew: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    if (document.hidden) return;
    marks.refresh().then(
      (isNew) => isNew && onNew(),
      () => undefined,
    );
  };
  addEventListener('storage', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, calm);
  });
  addEventListener('focus', refresh);
  document.addEventListener('visibilitychange', refresh);
}

/** What people are told after marks were saved; empty where all is well.
 * @param behind the cells that somebody else had marked otherwise
 */
export function savedWords({ by, cells }: ReportData, behind: readonly string[], error: Error | null): string {
  if (error)
    return `Not saved: ${error.message}. Is qualm serve still running? Marks are kept in this page; export them.`;
  if (behind.length === 0) return '';
  const names = behind.slice(0, mostNames).map((cell) => cells.image[cells.id.indexOf(cell)]);
  const whose = behind.length > mostNames ? thingWords(by, behind.length) : names.join(', ');
  return `${whose}: marked by somebody else meanwhile; this page shows that now.`;
}
