import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from 'fontkit';
import type { Font } from 'fontkit';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { shippedFont } from '../src/font.ts';
import { fontsFor } from '../src/fonts-for.ts';
import { text } from '../src/layer.ts';
import { isInShippedFont } from '../src/measure-text.ts';
import { render } from '../src/render.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/font/${name}`, import.meta.url));

async function folderWith(...names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qualm-fonts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'deep'));
  for (const name of names) await copyFile(fixture('scripts.ttf'), join(folder, 'deep', name));
  return folder;
}

it('fontsFor(texts that the shipped font has) opens no other', async () => {
  const texts = ['person 0.51', 'Möwe · ΑΩ Жук שלום', 'a\u200db\ufe0f', ''];
  expect(await fontsFor(texts, { folders: ['/no/such/folder'] })).toEqual({ fontFiles: [], missing: [] });
});

it('fontsFor(texts) finds fonts in folders, upright before oblique, and says what none has', async () => {
  const folder = await folderWith('A-Oblique.ttf', 'Squares.ttf', 'Z-Bold.otf', 'notes.txt');
  await writeFile(join(folder, 'broken.ttf'), 'no font');
  const { fontFiles, missing } = await fontsFor(['猫 กก', '鳥犬猫'], { folders: [folder, '/no/such/folder'] });
  expect(fontFiles).toEqual([join(folder, 'deep', 'Z-Bold.otf')]);
  expect(missing).toEqual(['犬', '鳥']);
});

it('fontsFor(emoji) takes fonts of emoji first', async () => {
  const folder = await folderWith('A.ttf', 'Z-Emoji.ttf');
  const take = async (text: string) => (await fontsFor([text], { folders: [folder] })).fontFiles;
  expect(await take('😀')).toEqual([join(folder, 'deep', 'Z-Emoji.ttf')]);
  expect(await take('猫')).toEqual([join(folder, 'deep', 'A.ttf')]);
});

it('fontsFor(texts, { fontFiles }) takes those first, and looks into collections', async () => {
  const fontFiles = [fixture('scripts.ttc')];
  const found = await fontsFor(['猫鳥😀'], { fontFiles, folders: [await folderWith('Squares.ttf')] });
  expect(found).toEqual({ fontFiles, missing: [] });
});

it('fontsFor(texts, { fontFiles }) refuses what is not a font', async () => {
  const file = fixture('scripts.ttf').replace('scripts.ttf', 'generate.py');
  await expect(fontsFor([], { fontFiles: [file] })).rejects.toMatchObject({ code: 'unsupported' });
});

it('render draws what fontsFor finds, where the shipped font has an empty box', async () => {
  const ground = { data: new Uint8Array(40 * 40 * 3), width: 40, height: 40 };
  const layer = text('猫', [5, 5], { color: 'white', background: 'transparent', fontSize: 28, padding: 0 });
  const inked = async (fontFiles: readonly string[]): Promise<number> => {
    const picture = await render(ground, layer, { format: 'png', fontFiles });
    const pixels = await sharp(picture).greyscale().raw().toBuffer();
    return pixels.filter((value) => value > 200).length;
  };
  const { fontFiles } = await fontsFor(['猫'], { folders: [await folderWith('Squares.ttf')] });
  expect(await inked([])).toBeLessThan(200);
  expect(await inked(fontFiles)).toBeGreaterThan(400);
});

it('isInShippedFont is the cmap of the shipped font, read by fontkit', async () => {
  const font = (await open(shippedFont())) as Font;
  const differing: number[] = [];
  for (let code = 0x20; code < 0x10000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    if (isInShippedFont(String.fromCodePoint(code)) !== font.hasGlyphForCodePoint(code)) differing.push(code);
  }
  expect(differing).toEqual([]);
});
