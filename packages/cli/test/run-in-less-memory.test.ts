import { describe, expect, it } from 'vitest';
import { lessMemory } from '../src/start/run-in-less-memory.ts';

const line = (limit: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax address space         ${limit}           unlimited            bytes\n`;
const limited = {
  limits: line(String(8 * 2 ** 30)),
  flags: [],
  nodeOptions: '',
  isKnownFlag: true,
  cores: 16,
};

describe('lessMemory', () => {
  it('asks for a sixteenth of the limit for each WebAssembly memory, and for as many sessions as fit', () => {
    expect(lessMemory(limited)).toEqual({
      limit: 8 * 2 ** 30,
      sessions: 4,
      flags: ['--disable-wasm-trap-handler', '--wasm-max-mem-pages=8192'],
    });
    expect(lessMemory({ ...limited, cores: 2 })!.sessions).toBe(2);
    expect(lessMemory({ ...limited, limits: line('1000000000') })).toMatchObject({ sessions: 1 });
  });

  it.each([
    ['addresses are not limited', { ...limited, limits: line('unlimited') }],
    ['nobody says so', { ...limited, limits: null }],
    ['it was asked for already', { ...limited, flags: ['--disable-wasm-trap-handler'] }],
    ['the user asked for it', { ...limited, nodeOptions: '--disable-wasm-trap-handler' }],
    ['Node cannot', { ...limited, isKnownFlag: false }],
  ])('asks for nothing where %s', (_, limits) => {
    expect(lessMemory(limits)).toBeNull();
  });
});
