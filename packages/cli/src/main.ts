#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { runInLessMemory } from './start/run-in-less-memory.ts';

const code = await runInLessMemory(fileURLToPath(import.meta.url), process.argv.slice(2));
if (code === null) await import('./start/run-here.ts');
else process.exitCode = code;
