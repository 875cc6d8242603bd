import { readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder, lockName } from '../../src/files/lock-folder.ts';
import { thisOwner } from '../../src/files/lock-owner.ts';
import type { LockOwner } from '../../src/files/lock-owner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** No process has a number this large. */
const gone = 2 ** 22 + 1;

async function folderLockedBy(owner: Partial<LockOwner>): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, lockName), JSON.stringify({ ...(await thisOwner()), ...owner }));
  return folder;
}

describe('lockFolder', () => {
  it('says who holds it, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const unlock = await lockFolder(folder);
    expect(JSON.parse(await readFile(join(folder, lockName), 'utf8'))).toMatchObject({ pid: process.pid });
    await expect(lockFolder(folder)).rejects.toThrow(
      new RegExp(`process ${process.pid} on ${hostname()} is writing to ".*" *; wait for it`),
    );
    await unlock();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, Partial<LockOwner>]>([
    ['of a process that is gone', { pid: gone, start: '1' }],
    [
      'of an older version, whose process is gone',
      { pid: gone, start: '1', machine: null, boot: undefined, space: undefined } as never,
    ],
    ['of a process whose number another has now', { pid: process.pid, start: '1' }],
  ])('takes over a lock %s', async (_, owner) => {
    const folder = await folderLockedBy(owner);
    await (
      await lockFolder(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over a lock of before this machine was started again', async () => {
    const { machine } = await thisOwner();
    const folder = await folderLockedBy({ boot: 'an earlier one' });
    if (machine === null) await expect(lockFolder(folder)).rejects.toThrow(/another machine or container/);
    else await expect(lockFolder(folder)).resolves.toBeTypeOf('function');
  });

  it.each<[string, Partial<LockOwner>]>([
    ['machine', { pid: gone, host: 'elsewhere' }],
    ['container of this machine', { pid: gone, space: 'pid:[1]' }],
    ['container of the same name elsewhere', { pid: gone, boot: 'another', machine: 'another' }],
  ])('leaves the lock of another %s alone, and says how to remove it', async (_, owner) => {
    const folder = await folderLockedBy(owner);
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(
        new RegExp(`process ${gone} on .* \\(another machine or container.*or delete ".*${lockName}" if`),
      ) as string,
    });
  });

  it.each([1, 2])('lets one of many have it when the lock is stale, %s deep', async (depth) => {
    for (let round = 0; round < 8; round++) {
      const folder = await folderLockedBy({ pid: gone });
      if (depth === 2)
        await writeFile(join(folder, `${lockName}.next`), JSON.stringify({ ...(await thisOwner()), pid: gone }));
      const taken = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
      expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(folder)).toEqual([lockName]);
    }
  });

  it('waits for a lock that says nothing yet, and takes it over when it is old', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, lockName), '');
    // Young for a day, however long this takes.
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(join(folder, lockName), tomorrow, tomorrow);
    await expect(lockFolder(folder)).rejects.toThrow(/another process is writing/);
    await utimes(join(folder, lockName), new Date(0), new Date(0));
    await expect(lockFolder(folder)).resolves.toBeTypeOf('function');
  });
});
