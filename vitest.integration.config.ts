import { defineConfig, defineProject } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';

const all = 'integration/test/**/*.test.ts';
/** These watch a page in a browser, a process's memory, or the whole repository. */
const alone = ['browser', 'mlflow-faults', 'new-package', 'report', 'serve', 'show-element', 'webgpu'].map(
  (name) => `integration/test/${name}.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: 'tools/workspace/src/global-setup.ts',
    projects: [
      // Much of these is one process that waits for another, so two of them share the machine.
      project('two at a time', { include: [all], exclude: alone, maxWorkers: 2, sequence: { groupOrder: 0 } }),
      project('alone', { include: alone, fileParallelism: false, sequence: { groupOrder: 1 } }),
    ],
  },
});

function project(
  name: string,
  more: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return defineProject({
    test: { name, expect: { requireAssertions: true }, testTimeout: 600_000, hookTimeout: 600_000, ...more },
  });
}
