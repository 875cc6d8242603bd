import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';

interface Report {
  readonly node: string;
  readonly findings: readonly { readonly runs: string; readonly ok: boolean; readonly detail: string }[];
}

describe('qualm doctor', () => {
  it('--json is one document: what always works works, and what does not says what to do', async () => {
    const { code, stdout } = await spawnCli(['doctor', '--json']);
    expect(code).toBe(0);
    const { node, findings } = JSON.parse(stdout) as Report;
    expect(node).toBe(process.version);
    expect(findings).toHaveLength(5);
    const working = findings.filter(({ ok }) => ok).map(({ runs }) => runs);
    expect(working).toEqual(expect.arrayContaining(['ONNX on CPU', 'TF.js on WASM']));
    for (const { detail } of findings) expect(detail.length).toBeGreaterThan(10);
  });

  it('as text it has a line for each way to run', async () => {
    const { code, stdout } = await runCli(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^yes {2}ONNX on CPU +loaded and ran in \d+ ms$/m);
    expect(stdout.match(/^(yes|no ) {2}/gm)).toHaveLength(5);
  });
});
