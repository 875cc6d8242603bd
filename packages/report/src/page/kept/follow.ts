import type { Keeper } from './keeper.ts';

/** Milliseconds for which a page waits for more of another tab: entries come one by one. */
const calm = 100;

/** Takes over what others say: this browser tells of its other tabs, a server is asked when
 * somebody comes back to the page.
 */
export function followOthers(kept: Pick<Keeper<unknown>, 'refresh'>, onNew: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    if (document.hidden) return;
    kept.refresh().then(
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
