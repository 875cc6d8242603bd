import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli, spawnCli, temporaryFolder } from './run-cli.ts';
import { writeManyImages } from './toy-images.ts';
import { writeToyModel } from './toy-model.ts';

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();
if (!canMount) console.warn('skipped: what happens when the disk is full; run as root on Linux to test it');

describe.skipIf(!canMount)('a disk that is full', () => {
  it.each([
    ['predictions', 24, /part-\d+\.parquet|_qualm\.json/],
    ['pictures', 130, /pictures|contact-sheet/],
  ])(
    'while it stores %s: exit code 1 with what to do, and --resume goes on when there is space',
    async (_, free, where) => {
      const folder = await temporaryFolder();
      const images = await writeManyImages(join(folder, 'photos'), 40);
      const model = await writeToyModel(join(folder, 'model'));
      const disk = join(folder, 'disk');
      await mkdir(disk);
      mount(disk, 512);
      onTestFinished(() => void spawnSync('umount', ['-l', disk]));
      const select = ['select', '--images', images, '--model', model, '--shard-rows', '4', '--out'];
      const whole = join(folder, 'whole');
      expect(await runCli([...select, whole])).toMatchObject({ code: 0 });
      const ballast = join(disk, 'ballast');
      await writeFile(ballast, Buffer.alloc(1024 * (512 - free)));
      const out = join(disk, 'found');
      const { code, stdout, stderr } = await spawnCli([...select, out]);
      expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^qualm: .*disk is full.*$/m);
      expect(stderr).toMatch(where);
      expect(stderr).not.toMatch(/\n\s+at /);
      await rm(ballast);
      const resumed = await spawnCli([...select, out, '--top', '1', '--resume']);
      expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
      expect(await readdir(join(out, 'predictions'))).toEqual(await readdir(join(whole, 'predictions')));
    },
  );
});

function mount(folder: string, kib: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder]).status === 0;
}

function tryMount(): boolean {
  const probe = spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
  const mounted = mount(probe, 64);
  if (mounted) spawnSync('umount', [probe]);
  spawnSync('rmdir', [probe]);
  return mounted;
}
