import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'tools/workspace/src/global-setup.ts',
    include: ['integration/test/**/*.test.ts'],
    expect: { requireAssertions: true },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
