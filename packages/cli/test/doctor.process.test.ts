import { describe, expect, it } from 'vitest';
import { runCli, spawnCli } from './run-cli.ts';
import { toyProject } from './toy-run.ts';

interface Report {
  readonly node: string;
  readonly findings: readonly { readonly runs: string; readonly ok: boolean; readonly detail: string }[];
}

interface Measurement {
  readonly model: string;
  readonly fastest: string | null;
  readonly findings: readonly {
    readonly device: string;
    readonly measured: { readonly rate: number; readonly batch: number } | null;
    readonly reason: string | null;
  }[];
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

  it('--model measures a model on each device, and says where it is fastest', async () => {
    const folder = await toyProject();
    const { code, stdout, stderr } = await spawnCli(['doctor', '--model', 'model/quarters.json', '--json'], {
      cwd: folder,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { model, fastest, findings } = JSON.parse(stdout) as Measurement;
    expect({ model, fastest: typeof fastest }).toEqual({ model: 'quarters', fastest: 'string' });
    expect(findings[0]).toMatchObject({ device: 'cpu', reason: null, measured: { batch: 1 } });
    expect(findings[0]!.measured!.rate).toBeGreaterThan(10);
    for (const { measured, reason } of findings) expect(measured === null).toBe(typeof reason === 'string');
    const best = Math.max(...findings.map(({ measured }) => measured?.rate ?? 0));
    expect(findings.find(({ measured }) => measured?.rate === best)!.device).toBe(fastest);
  });

  it('--model says as text what each device does, and of a spec that is not there, its name', async () => {
    const folder = await toyProject();
    const { code, stdout } = await runCli(['doctor', '--model', 'model/quarters.json'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^yes {2}cpu +[\d.e+]+ images a second in .*, a run in [\d.]+ ms, loaded in \d+ ms$/m);
    expect(stdout).toMatch(/^quarters is fastest on \w+$/m);
    const missing = await runCli(['doctor', '--model', 'none.json'], { cwd: folder });
    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('none.json') as string });
  });
});
