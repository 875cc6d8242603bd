import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('a process that ends while DuckDB computes does not wait for the rows', async () => {
  const script = `
    import { createSqlSession } from '@qualm/sql';
    const session = await createSqlSession();
    session.sql('SELECT count(*) FROM range(100000000) a, range(100000) b').catch(() => undefined);
    setTimeout(() => process.exit(7), 300);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(7);
});
