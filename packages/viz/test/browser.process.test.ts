import { build } from 'esbuild';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

test('the svg part bundles for browsers and runs without any of Node’s globals', async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { box, renderSvg } from '../src/svg.ts';
        picture = renderSvg({ width: 100, height: 50 }, box({ xmin: 1, ymin: 1, xmax: 9, ymax: 9 }, { label: 'é' }));`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: 'browser',
    conditions: ['@qualm/source'],
  });
  const globals = { picture: '' };
  runInNewContext(outputFiles[0]!.text, globals);
  expect(globals.picture).toMatch(/^<svg .*<text .*>é<\/text>/s);
  expect(Object.keys(metafile.inputs).filter((path) => /sharp|resvg|node:/.test(path))).toEqual([]);
  expect(outputFiles[0]!.contents.length).toBeLessThan(50_000);
});
