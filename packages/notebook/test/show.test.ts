import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as aq from 'arquero';
import fc from 'fast-check';
import sharp from 'sharp';
import { Box2d, Detections, Image } from '@qualm/types';
import { box } from '@qualm/viz';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { jupyterDisplay, show } from '../src/index.ts';
import { plainValue } from '../src/table-html.ts';

const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>';
let photo: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualm-notebook-'));
  photo = join(folder, 'a.jpg');
  await sharp({ create: { width: 800, height: 400, channels: 3, background: 'teal' } }).toFile(photo);
});

const decoded = (base64: string | undefined): Buffer => Buffer.from(base64!, 'base64');
const parsed = (html: string | undefined): Document => parseHTML(`<html><body>${html}</body></html>`).document;
interface Document {
  querySelectorAll(
    selector: string,
  ): ArrayLike<{ readonly textContent: string | null; getAttribute(name: string): string | null }> &
    Iterable<{ readonly textContent: string | null; getAttribute(name: string): string | null }>;
}
const texts = (document: Document, selector: string): (string | null)[] =>
  Array.from(document.querySelectorAll(selector), ({ textContent }) => textContent);

describe('show(value)', () => {
  it('is shown by the symbol that Deno’s kernel asks for', async () => {
    const shown = show('words');
    expect(jupyterDisplay).toBe(Symbol.for('Jupyter.display'));
    expect(await shown[jupyterDisplay]()).toEqual({ 'text/plain': 'words' });
    expect(await shown.bundle()).toEqual(await shown[jupyterDisplay]());
  });

  it('makes a table of Arquero’s, of the columns and rows that are asked for', async () => {
    const table = aq.table({ name: ['a', 'b', 'c'], margin: [0.123456789, 2, NaN], other: [1n, null, true] });
    const bundle = await show(table, { columns: ['margin', 'name'], limit: 2 }).bundle();
    const document = parsed(bundle['text/html']);
    expect(texts(document, 'th')).toEqual(['margin', 'name']);
    expect(texts(document, 'td')).toEqual(['0.123457', 'a', '2', 'b']);
    expect(texts(document, 'p')).toEqual(['3 rows, 1 of them not shown']);
    expect(bundle['text/plain']).toBe('margin    name\n0.123457  a\n2         b\n3 rows, 1 of them not shown');
    expect(parsed((await show(table).bundle())['text/html']).querySelectorAll('td')).toHaveLength(9);
  });

  it('makes a table of a list of objects, of all the columns that there are', async () => {
    const bundle = await show([{ a: 1 }, { b: 2 }]).bundle();
    expect(texts(parsed(bundle['text/html']), 'td')).toEqual(['1', '–', '–', '2']);
  });

  it('shows images of SQL, structs of a URI and bytes, with the box of their row', async () => {
    const image = { uri: photo, data: null };
    const detection = { box: { xmin: 0, ymin: 0, xmax: 800, ymax: 400 }, score: 0.5, label: 'cat' };
    const bytes = { uri: null, data: new Uint8Array(await readFile(photo)) };
    const bundle = await show(
      aq.table({ image: [image, image, bytes, { uri: null, data: null }], detection: [null, detection, null, null] }),
    ).bundle();
    const sources = Array.from(parsed(bundle['text/html']).querySelectorAll('td img'), (picture) =>
      picture.getAttribute('src')!,
    );
    const [plain, boxed, same, ...more] = await Promise.all(
      sources.map((source) =>
        sharp(decoded(source.split(',')[1]))
          .raw()
          .toBuffer(),
      ),
    );
    expect([plain!.equals(same!), more]).toEqual([true, []]);
    // A yellow edge on teal.
    expect(boxed!.readUInt8(0)).toBeGreaterThan(150);
    expect(plain!.readUInt8(0)).toBeLessThan(50);
    expect(bundle['text/plain']).toMatch(/^a\.jpg +cat 0\.5 \(0, 0, 800, 400\)$/m);
    expect(await show(image).bundle()).toHaveProperty('image/jpeg');
  });

  it.each([NaN, -1])('draws no box whose edge is %s beside others that are 0', async (xmax) => {
    const row = { image: { uri: photo, data: null }, box: { xmin: 0, ymin: 0, xmax, ymax: 0 } };
    expect((await show([row]).bundle())['text/html']).toContain('<img alt="a.jpg"');
  });

  it('says which column a table does not have', async () => {
    await expect(show(aq.table({ a: [1] }), { columns: ['b'] }).bundle()).rejects.toThrow('no column "b"; it has a');
  });

  it('draws an image with its layers, no wider than asked for', async () => {
    const image = Image.fromUri(photo);
    const plain = await show(image).bundle();
    expect(plain['text/plain']).toBe('a.jpg');
    expect(await sharp(decoded(plain['image/jpeg'])).metadata()).toMatchObject({ width: 640, height: 320 });
    const layers = box(new Box2d(0, 0, 400, 400), { color: 'red', fillOpacity: 1 });
    const drawn = await show(image, { layers, maxWidth: 100 }).bundle();
    const { data } = await sharp(decoded(drawn['image/jpeg'])).raw().toBuffer({ resolveWithObject: true });
    expect(data[3 * (25 * 100 + 20)]).toBeGreaterThan(200);
    expect(data[3 * (25 * 100 + 80)]).toBeLessThan(50);
  });

  it('shows images of a table and of a list small, and says which cannot be opened', async () => {
    const images = [Image.fromUri(photo), Image.fromUri(join(folder, 'gone.jpg'))];
    const table = await show(aq.table({ image: images })).bundle();
    const [picture] = parsed(table['text/html']).querySelectorAll('td img');
    const bytes = decoded(picture!.getAttribute('src')!.split(',')[1]);
    expect((await sharp(bytes).metadata()).width).toBe(160);
    expect(texts(parsed(table['text/html']), 'td pre')[0]).toMatch(/^no picture: .*gone\.jpg/);
    const list = await show([...images, ...images], { limit: 3 }).bundle();
    expect(parsed(list['text/html']).querySelectorAll('img')).toHaveLength(2);
    expect(texts(parsed(list['text/html']), 'p')).toEqual(['1 more']);
    expect((await show(images[1]).bundle())['text/plain']).toMatch(/^no picture/);
  });

  it('shows bytes of pictures, charts as pictures, and pages in a frame of their own', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(decoded((await show(new Uint8Array(png)).bundle())['image/png'])).toEqual(png);
    expect(await show(Uint8Array.of(1, 2)).bundle()).toEqual({ 'text/plain': '2 bytes' });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><desc>Two &lt;rows&gt; "x"</desc><script>alert(1)</script></svg>`;
    const chart = await show(svg).bundle();
    expect(chart['image/svg+xml']).toBe(svg);
    const document = parsed(chart['text/html']);
    expect([document.querySelectorAll('img').length, document.querySelectorAll('script').length]).toEqual([1, 0]);
    const page = `<!doctype html><p>"quoted" & <script>alert(1)</script>`;
    const [frame] = parsed((await show(page, { height: 99 }).bundle())['text/html']).querySelectorAll('iframe');
    expect(frame!.getAttribute('srcdoc')).toBe(page);
    expect(frame!.getAttribute('sandbox')).toBe('allow-scripts allow-downloads allow-modals');
    expect(frame!.getAttribute('style')).toContain('height:99px');
  });

  it('tells of a model and of a spec what there is to know', async () => {
    const spec = {
      ...{ specVersion: 1, name: hostile, flavor: 'onnx', files: { model: 'm.onnx' } },
      input: { size: { width: 320, height: 240 } },
      head: { type: 'yolox' },
      labels: Array.from({ length: 80 }, (_, id) => ({ id, name: `class ${id}` })),
    };
    const document = parsed((await show({ spec, device: 'cuda' }).bundle())['text/html']);
    expect(texts(document, 'td').slice(0, 5)).toEqual([hostile, 'onnx, on cuda', 'm.onnx', '320 x 240', 'yolox']);
    expect((await show(spec).bundle())['text/plain']).toContain('classes: 80: class 0, class 1');
  });

  it('makes no markup of whatever texts there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (name, value) => {
        const html = (await show([{ [`${name}${hostile}`]: `${value}${hostile}` }]).bundle())['text/html'];
        const document = parsed(html);
        expect(document.querySelectorAll('script, img')).toHaveLength(0);
        expect(document.querySelectorAll('td')).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('plainValue(value)', () => {
  it.each<[unknown, string]>([
    [null, '–'],
    [undefined, '–'],
    [7, '7'],
    [-0.000012345678, '-0.0000123457'],
    [NaN, 'NaN'],
    ['x'.repeat(200), `${'x'.repeat(120)}…`],
    [new Box2d(1.4, 2, 3, 4), '(1, 2, 3, 4)'],
    [Float32Array.of(0.5, 0.25), '[0.5, 0.25]'],
    [Array.from({ length: 9 }, (_, index) => index), '[0, 1, 2, 3, 4, … 9 in all]'],
    [new Detections(Float32Array.of(0, 0, 1, 1), Float32Array.of(1), Int32Array.of(1)), '1 box'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ a: 1, b: 'two' }, 'a: 1, b: two'],
    [true, 'true'],
  ])('%j is %s', (value, expected) => expect(plainValue(value)).toBe(expected));
});
