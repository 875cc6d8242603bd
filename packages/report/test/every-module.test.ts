import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const page = resolve(import.meta.dirname, '../src/page');

/** What a file imports of ours, types left out. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const found = text.matchAll(/^(?:import|export)(?! type)[^;]*? from '(\.[^']+)'|import\('(\.[^']+)'\)/gm);
  return [...found].map(([, named, later]) => resolve(dirname(path), (named ?? later)!)).filter(existsSync);
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/** Whether nothing of a file is left when types are gone. */
function isOfTypes(path: string): boolean {
  return !/^(?:export )?(?:async )?(?:const|let|function|class)\b/m.test(readFileSync(path, 'utf8'));
}

it('every module of the page runs in a unit test', () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => /^[\w-]+\.test\.ts$/.test(name));
  const waiting = tests.map((name) => join(import.meta.dirname, name));
  const reached = new Set<string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    waiting.push(...importsOf(path));
  }
  const modules = filesIn(page).filter((path) => !isOfTypes(path));
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.filter((path) => !reached.has(path)).map((path) => relative(page, path))).toEqual([]);
});
