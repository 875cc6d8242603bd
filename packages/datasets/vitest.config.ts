import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@qualm/source'] },
  ssr: { resolve: { conditions: ['@qualm/source'] } },
  test: { name: '@qualm/datasets', include: ['test/**/*.test.ts'] },
});
