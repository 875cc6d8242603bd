import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { storageOf } from './answers.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

const page = testPage();
const { document } = page.window;
const boxes = (label: number) => [{ xmin: 1, ymin: 1, xmax: 9, ymax: 9, label, score: 0.6, box: 0 }];
const data = dataOf(
  ['a', 'b', 'c', 'd'].map((id, place) =>
    cell(id, { boxes: boxes(place % 2), label: place % 2, second: 1 - (place % 2), values: [place / 10, 0.5] }),
  ),
  { by: 'image', title: '<b>Toys</b>', labels: ['cat', 'dog'] },
);
const storage = storageOf();
const location = { hash: '', pathname: '/report.html', search: '' };
const replaced = vi.fn((_state: unknown, _title: string, address: string) => {
  location.hash = address.startsWith('#') ? address : '';
});

/** The side and the address follow a moment later. */
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 300));
const shown = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('.cell')].map(({ dataset }) => dataset['index']!);
const count = (): string => document.querySelector('output')!.textContent!;
const detail = (): HTMLDialogElement => document.querySelector('dialog.detail')!;
const press = (key: string, more: object = {}): Event => page.press(document.body, key, more);

/** What `main.ts` finds in the file, and what a browser gives it. */
beforeAll(async () => {
  const text = JSON.stringify(data).replaceAll('<', '\\u003c');
  document.body.innerHTML = `<script type="application/json" id="data">${text}</script>`;
  vi.stubGlobal('location', location);
  vi.stubGlobal('history', { replaceState: replaced });
  vi.stubGlobal('localStorage', storage);
  await import('../src/page/main.ts');
  await settled();
});

afterAll(settled);

beforeEach(() => {
  if (detail().open) detail().close();
  location.hash = '';
  page.send(document, 'hashchange');
});

describe('the page', () => {
  it('begins with all cells, least sure first, and its title as text', () => {
    expect(document.title).toBe('<b>Toys</b>');
    expect(document.querySelectorAll('h1 b')).toHaveLength(0);
    expect(shown()).toEqual(['0', '1', '2', '3']);
    expect(count()).toBe('4 images');
  });

  it('follows its address, and names in it what is done', async () => {
    location.hash = '#label=1';
    page.send(document, 'hashchange');
    expect(shown()).toEqual(['1', '3']);
    await settled();
    const bars = [...document.querySelectorAll<HTMLButtonElement>('.class-bars button')];
    expect(bars.map(({ textContent }) => textContent)).toEqual(['cat2', 'dog2']);
    bars[0]!.click();
    expect(shown()).toEqual(['0', '2']);
    expect(count()).toBe('2 of 4 images');
    await vi.waitFor(() => expect(location.hash).toBe('#label=0'));
  });

  it('marks by keys and goes on, keeps it in the browser, and undoes it', async () => {
    document.querySelector<HTMLElement>('.cell')!.focus();
    press('a');
    press('x');
    await settled();
    expect(count()).toBe('4 images, 1 accepted, 1 rejected');
    expect(storage.length).toBeGreaterThan(0);
    press('z');
    press('z', { ctrlKey: true });
    await settled();
    expect(count()).toBe('4 images');
  });

  it('looks closely at a cell, goes on from there, and comes back to the grid', async () => {
    page.send(document.querySelectorAll('.cell')[1]!, 'click');
    expect([detail().open, detail().querySelector('h2')!.textContent]).toEqual([true, 'b.jpg']);
    press('ArrowRight');
    expect(detail().querySelector('h2')!.textContent).toBe('c.jpg');
    await vi.waitFor(() => expect(location.hash).toBe('#cell=c'));
    detail().close();
    await vi.waitFor(() => expect(location.hash).toBe(''));
  });

  it('selects all, the others, and none', () => {
    press('a', { ctrlKey: true });
    expect(count()).toBe('4 images, 4 selected');
    press('i');
    expect(count()).toBe('4 images');
    press('a', { ctrlKey: true });
    press('Escape');
    expect(count()).toBe('4 images');
  });

  it.each([
    ['?', 'dialog.help'],
    ['e', 'dialog[aria-label="Export"]'],
    ['q', 'dialog.questions'],
  ])('%s opens %s', (key, selector) => {
    press(key);
    const dialog = document.querySelector<HTMLDialogElement>(selector)!;
    expect(dialog.open).toBe(true);
    dialog.close();
  });

  it('hides and shows boxes, and leaves keys in fields alone', () => {
    press('o');
    expect(document.body.classList.contains('hide-0')).toBe(true);
    press('o');
    expect(document.body.classList.contains('hide-0')).toBe(false);
    const search = document.querySelector('input[type="search"]')!;
    page.press(search, 'o');
    expect(document.body.classList.contains('hide-0')).toBe(false);
  });
});
