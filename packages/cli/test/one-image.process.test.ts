import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';
import { inputs, toyProject } from './toy-run.ts';

const one = [...inputs, '--limit', '1'];

/** What the commands say, one after the other. */
async function said(...commands: readonly (readonly string[])[]): Promise<string[]> {
  const cwd = await toyProject();
  const all: string[] = [];
  for (const command of commands) {
    const { code, stderr } = await runCli(command, { cwd });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    all.push(stderr);
  }
  return all;
}

describe('one image is 1 image', () => {
  it('in qualm predict, merge and render', async () => {
    const share = ['predict', ...one, '--shard', '1/1', '--out', 'shares/1'];
    const [dry, predicted, merged, resumed, rendered] = await said(
      ['predict', ...one, '--out', 'dry', '--dry-run'],
      share,
      ['merge', 'shares/1', '--out', 'merged'],
      [...share, '--resume'],
      ['render', 'merged', '--out', 'pictures'],
    );
    expect(dry).toMatch(/^1 image would go to .*dry$/m);
    expect(predicted).toMatch(/^share 1\/1: 1 of 1 image\n[^]*^1 image in [\d.]+ s, 4 boxes, 0 failed$/m);
    expect(merged).toMatch(/^1 image of 1 share, 0 failed; look at .*merged$/m);
    expect(resumed).toMatch(/^resuming: 1 of 1 image is done already\n[^]*^0 images in /m);
    expect(rendered).toMatch(/^1 picture; look at /m);
  });

  it('in qualm select', async () => {
    const [selected] = await said(['select', ...one, '--out', 'found']);
    expect(selected).toMatch(/^1 image in [\d.]+ s \([\d.]+ a second\), 0 failed, 4 boxes$/m);
  });

  it('in qualm sql', async () => {
    const only = "SELECT ML_PREDICT(quarters, image) FROM read_images('photos/a.jpg')";
    const [asked] = await said(['sql', '--model', 'model/quarters.json', '--timing', '-c', only]);
    expect(asked).toMatch(/^1 row in [\d.]+ s; 1 image predicted, 0 from the cache$/m);
  });
});
