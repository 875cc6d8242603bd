import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withoutSymbols } from '../../src/bundle/without-symbols.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-symbols-'));
  file = join(folder, 'node');
});

afterEach(() => rm(folder, { recursive: true }));

it.runIf(process.platform === 'linux')('Node runs without its symbols, and loads libraries', async () => {
  await copyFile(process.execPath, file);
  await withoutSymbols(file);
  const addon = import.meta.resolve('onnxruntime-node');
  const program = `import(${JSON.stringify(addon)}).then((ort) => console.log(typeof ort.InferenceSession, process.version))`;
  expect(execFileSync(file, ['-e', program], { encoding: 'utf8' })).toBe(`function ${process.version}\n`);
  const stripped = (await stat(file)).size;
  expect(stripped).toBeLessThan((await stat(process.execPath)).size);
  await withoutSymbols(file);
  expect((await stat(file)).size).toBe(stripped);
});

it.each(['#!/bin/sh\nexit 0\n', '', '\x7fELF'])('%j stays as it is', async (text) => {
  await writeFile(file, text);
  await withoutSymbols(file);
  expect(await readFile(file, 'utf8')).toBe(text);
});
