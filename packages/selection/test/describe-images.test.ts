import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderSvg, svgToPng } from '@qualm/viz';
import { afterAll, expect, it } from 'vitest';
import { describeImages } from '../src/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'qualm-describe-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function picture(name: string, background: string): Promise<{ image_id: string; image: string }> {
  const image = join(folder, name);
  const svg = renderSvg({ width: 24, height: 16 }, []).replace(
    '</svg>',
    `<rect width="24" height="16" fill="${background}"/></svg>`,
  );
  await writeFile(image, await svgToPng(svg));
  return { image_id: name, image };
}

it('describeImages(images) gives a vector of each image that opens, and says why another has none', async () => {
  const [red, blue] = [await picture('red.png', '#c00'), await picture('blue.png', '#00c')];
  const told: string[] = [];
  const { vectors, errors } = await describeImages(
    [
      red,
      blue,
      { image_id: 3, image: join(folder, 'gone.png') },
      { image_id: 4, image: null },
      { image_id: 5, image: 'http://example.org/a.jpg' },
    ],
    { onProgress: ({ done, total }) => void told.push(`${done}/${total}`) },
  );
  expect([...vectors.keys()].sort()).toEqual(['blue.png', 'red.png']);
  expect(vectors.get('red.png')).toHaveLength(138);
  expect(vectors.get('red.png')).not.toEqual(vectors.get('blue.png'));
  expect(errors.get('3')).toMatch(/gone\.png/);
  expect(errors.get('4')).toBe('the image is not a file');
  expect(errors.get('5')).toMatch(/is not on this machine/);
  expect(told.at(-1)).toBe('5/5');
});

it('describeImages(images, { signal }) ends when it is told', async () => {
  const signal = AbortSignal.abort();
  const asked = describeImages([await picture('a.png', '#fff')], { signal });
  await expect(asked).rejects.toMatchObject({ code: 'aborted' });
});
