import type { TestProject } from 'vitest/node';
import { bringUpToDate } from './bring-up-to-date.ts';

/** What Vitest does before the first test, and before it runs tests again while it watches. */
export function setup(project: TestProject): void {
  bringUpToDate();
  project.onTestsRerun(() => Promise.resolve(bringUpToDate()));
}
