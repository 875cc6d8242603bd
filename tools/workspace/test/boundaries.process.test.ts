import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const rule = '@nx/enforce-module-boundaries';

async function boundaryMessages(filePath: string, code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ruleId === rule });
  const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });
  return result!.messages.map(({ message }) => message);
}

beforeAll(() => {
  // Without a cached project graph the rule only warns that it has none.
  execFileSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects'], {
    cwd: root,
    env: { ...process.env, NX_DAEMON: 'false' },
  });
});

it('a sibling import from strategies into vision is an error', async () => {
  const messages = await boundaryMessages(
    'packages/strategies/src/index.ts',
    `import { nms } from '@qualm/vision';\nexport const x = nms;\n`,
  );
  expect(messages.join('\n')).toMatch(/pkg:strategies/);
});

it('an import of types from strategies is fine', async () => {
  const messages = await boundaryMessages(
    'packages/strategies/src/index.ts',
    `import { QualmError } from '@qualm/types';\nexport const x = QualmError;\n`,
  );
  expect(messages).toEqual([]);
});
