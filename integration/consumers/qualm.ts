import { run } from 'qualm';

const { stdin, stdout, stderr, env } = process;
const terminal = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: new AbortController().signal };
console.log(await run(['doctor', '--json'], terminal, 'packed'));
