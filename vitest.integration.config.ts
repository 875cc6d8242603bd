import { availableParallelism } from 'node:os';
import { defineConfig, defineProject } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';

const all = 'integration/test/**/*.test.ts';
/** These ask how fast pages draw, or keep every core busy. */
const alone = ['report', 'webgpu'].map((name) => `integration/test/${name}.test.ts`);
/** Spark's JVMs end before their better compiled code would pay: a third of their time is saved. */
const env = { JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };

export default defineConfig({
  test: {
    globalSetup: 'tools/workspace/src/global-setup.ts',
    projects: [
      // Much of these is one process that waits for another, so one more than there are cores runs.
      project('together', {
        ...{ include: [all], exclude: alone, maxWorkers: availableParallelism() + 1 },
        sequence: { groupOrder: 0 },
      }),
      project('alone', { include: alone, fileParallelism: false, sequence: { groupOrder: 1 } }),
    ],
  },
});

function project(
  name: string,
  more: NonNullable<TestProjectInlineConfiguration['test']>,
): TestProjectInlineConfiguration {
  return defineProject({
    test: { name, env, expect: { requireAssertions: true }, testTimeout: 600_000, hookTimeout: 600_000, ...more },
  });
}
