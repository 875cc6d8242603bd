import type { TestProject } from 'vitest/node';
import { bringUpToDate } from './bring-up-to-date.ts';

/** What Vitest does before the first test, and before it runs tests again while it watches. */
export function setup(project: TestProject): void {
  forgetSettings();
  compile();
  project.onTestsRerun(() => Promise.resolve(compile()));
}

/** `npm run build` and CI check types; tests need what runs. */
function compile(): void {
  bringUpToDate({ checkTypes: false });
}

/** Settings of whoever runs the tests are meant for their own images and servers. */
function forgetSettings(): void {
  for (const name of Object.keys(process.env)) {
    if (/^(QUALM|MLFLOW)_/.test(name) && !ofTests.has(name)) Reflect.deleteProperty(process.env, name);
  }
  // Images of containers set this, and Python would compile MLflow anew on each start, for seconds.
  delete process.env['PYTHONDONTWRITEBYTECODE'];
}

/** What is meant for the tests: where photographs are, and whether to kill parts of a cluster. */
const ofTests: ReadonlySet<string> = new Set(['QUALM_TEST_DATA', 'QUALM_SPARK']);
