import { decode } from 'sixel';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { terminalPicture } from '../src/index.ts';

/** Red on the left, blue on the right. */
const picture = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'red' } })
  .composite([{ input: { create: { width: 200, height: 200, channels: 3, background: 'blue' } }, left: 200, top: 0 }])
  .png()
  .toBuffer();
const noise = await sharp({
  create: {
    width: 300,
    height: 300,
    channels: 3,
    background: 'grey',
    noise: { type: 'gaussian', mean: 128, sigma: 40 },
  },
})
  .jpeg()
  .toBuffer();

async function colours(png: Uint8Array): Promise<[width: number, left: number[], right: number[]]> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number): number[] => [...data.subarray(3 * x, 3 * x + 3)];
  return [info.width, at(2), at(info.width - 3)];
}

describe('terminalPicture(picture, graphics, options)', () => {
  it('is one command of iTerm2, with a PNG that fits', async () => {
    const text = await terminalPicture(picture, 'iterm', { maxWidth: 100 });
    const [, size, base64] =
      /^\u001B\]1337;File=inline=1;size=(\d+);preserveAspectRatio=1:([A-Za-z\d+/=]+)\u0007$/.exec(text)!;
    const png = Buffer.from(base64!, 'base64');
    expect(png.length).toBe(Number(size));
    expect(await colours(png)).toEqual([100, [255, 0, 0], [0, 0, 255]]);
  });

  it('is a row of commands of kitty, none of more than 4,096 bytes, all but the last with more to come', async () => {
    const text = await terminalPicture(noise, 'kitty');
    const commands = [...text.matchAll(/\u001B_G([^;]*);([^\u001B]*)\u001B\\/g)];
    expect(commands.map(([whole]) => whole).join('')).toBe(text);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands[0]![1]).toBe('a=T,f=100,q=2,m=1');
    expect(new Set(commands.slice(1, -1).map(([, keys]) => keys))).toEqual(new Set(['m=1']));
    expect(commands.at(-1)![1]).toBe('m=0');
    expect(Math.max(...commands.map(([, , chunk]) => chunk!.length))).toBe(4096);
    const png = Buffer.from(commands.map(([, , chunk]) => chunk).join(''), 'base64');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 300, height: 300 });
    expect(await terminalPicture(picture, 'kitty', { maxWidth: 8 })).toMatch(/^\u001B_Ga=T,f=100,q=2,m=0;/);
  });

  it('is sixels that decode to the picture', async () => {
    const text = await terminalPicture(picture, 'sixel', { maxHeight: 60 });
    expect(text.startsWith('\u001BP')).toBe(true);
    expect(text.endsWith('\u001B\\')).toBe(true);
    const { width, height, data32 } = decode(text.slice(text.indexOf('q') + 1));
    expect([width, height]).toEqual([120, 60]);
    const [left, right] = [data32[30 * 120 + 10]!, data32[30 * 120 + 110]!];
    expect([left & 255, (left >> 16) & 255, right & 255, (right >> 16) & 255]).toEqual([255, 0, 0, 255]);
  });

  it('is never larger than the picture, and refuses what is none', async () => {
    const text = await terminalPicture(picture, 'iterm', { maxWidth: 4000, maxHeight: 4000 });
    expect((await colours(Buffer.from(text.split(':')[1]!.slice(0, -1), 'base64')))[0]).toBe(400);
    await expect(terminalPicture(Buffer.from('no picture'), 'kitty')).rejects.toThrow();
  });
});
