import { availableParallelism } from 'node:os';
import { defineConfig, defineProject } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';

const conditions = ['@qualm/source'];
const tests = (kind: string): string => `{packages,tools}/*/test/**/*${kind}.test.ts`;
/** Ends what hangs, on the slowest machine; no test measures time by it. */
const patience = 120_000;

export default defineConfig({
  test: {
    globalSetup: 'tools/workspace/src/global-setup.ts',
    // Vitest's own choice leaves a core idle, half of a small machine; and a third of the time
    // tests wait, for timers, threads and other processes.
    maxWorkers: availableParallelism() + 1,
    projects: [
      project('unit', {
        include: [tests('')],
        exclude: [tests('.process'), tests('.docs')],
        pool: 'threads',
        isolate: false,
      }),
      project('process', { include: [tests('.process')], isolate: false }),
      project('docs', { include: [tests('.docs')], isolate: false }),
    ],
  },
});

/** Siblings are read from their sources, and a test without an assertion fails. */
function project(
  name: string,
  more: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name,
      expect: { requireAssertions: true },
      setupFiles: 'tools/workspace/src/equal-numbers.ts',
      testTimeout: patience,
      hookTimeout: patience,
      ...more,
    },
  });
}
