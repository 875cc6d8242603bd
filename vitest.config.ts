import { defineConfig } from 'vitest/config';

const conditions = ['@qualm/source'];
const tests = (kind: string): string => `{packages,tools}/*/test/**/*${kind}.test.ts`;
/** Ends what hangs, on the slowest machine; no test measures time by it. */
const patience = 120_000;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    expect: { requireAssertions: true },
    testTimeout: patience,
    hookTimeout: patience,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: [tests('')], exclude: [tests('.process'), tests('.docs')] },
      },
      { extends: true, test: { name: 'process', include: [tests('.process')] } },
      { extends: true, test: { name: 'docs', include: [tests('.docs')] } },
    ],
  },
});
