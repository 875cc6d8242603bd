import { defineProject } from 'vitest/config';
import type { UserWorkspaceConfig } from 'vitest/config';

/** The Vitest project of one package: siblings are read from their sources, and a test without an assertion fails. */
export function testProject(name: string): UserWorkspaceConfig {
  const conditions = ['@qualm/source'];
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, include: ['test/**/*.test.ts'], expect: { requireAssertions: true } },
  });
}
