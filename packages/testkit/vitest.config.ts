import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@qualm/source'] },
  ssr: { resolve: { conditions: ['@qualm/source'] } },
  test: { name: '@qualm/testkit', include: ['test/**/*.test.ts'] },
});
