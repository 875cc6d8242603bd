import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';

const examples = {
  'readme-example.ts': {
    entry: 'readme-worker.mjs',
    run: () => import('./readme-example.ts'),
    said: [[{ exponent: 3 }, 2], [[1, 8, 27]]],
  },
  'readme-session-example.ts': {
    entry: 'readme-session.mjs',
    run: () => import('./readme-session-example.ts'),
    said: [[2, Float32Array.of(3, 6)]],
  },
};

test.each(Object.entries(examples))(
  'the example of the README runs here: %s',
  async (example, { entry, run, said }) => {
    const read = (file: string): Promise<string> => readFile(new URL(`./${file}`, import.meta.url), 'utf8');
    const readme = await read('../README.md');
    expect(readme).toContain(`\`\`\`ts\n${await read(example)}\`\`\``);
    expect(readme).toContain(`\`\`\`js\n${await read(entry)}\`\`\``);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await run();
    expect(log.mock.calls).toEqual(said);
    log.mockRestore();
  },
);
