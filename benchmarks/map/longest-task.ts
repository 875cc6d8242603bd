import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor, without those in which other programs had it. */
  readonly tdur?: number;
}

/** The longest time in which a page answers nothing while something is done: milliseconds of the
 * processor that its longest task takes, by the browser's own trace.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;
  const scripts = new Set(traceEvents.filter(({ name }) => name === 'FunctionCall').map(thread));
  const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && scripts.has(thread(event)));
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0);
}
