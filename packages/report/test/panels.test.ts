import { beforeAll, describe, expect, it, vi } from 'vitest';
import { classPanel } from '../src/page/side/class-bars.ts';
import { pairsPanel } from '../src/page/side/pairs-table.ts';
import type { CreatePanel, SidePanel } from '../src/page/side/side-panel.ts';
import { createSidePanels } from '../src/page/side/side-panels.ts';
import { initialState } from '../src/page/view-state.ts';
import type { ViewState } from '../src/page/view-state.ts';
import { cell, dataOf } from './cells.ts';
import { testPage } from './page-window.ts';

testPage();

const labels = ['cat', 'dog', '<b>"fox"</b>'];
const data = dataOf(
  [
    cell('a', { label: 0, second: 1 }),
    cell('b', { label: 0, second: 1 }),
    cell('c', { label: 2, second: 0 }),
    { id: 'd', image: 'd.jpg', values: [NaN, NaN] },
  ],
  { labels },
);
const change = vi.fn();

function drawn(create: CreatePanel, part: Partial<ViewState> = {}, shown: readonly number[] = [0, 1, 2, 3]): SidePanel {
  change.mockReset();
  const panel = create(data, change)!;
  panel.draw!({ state: { ...initialState, ...part }, shown, without: () => shown });
  return panel;
}

const buttons = ({ root }: SidePanel): HTMLButtonElement[] => [...root.querySelectorAll('button')];

describe('classPanel', () => {
  it('counts the best class of each cell, the most first, as text whatever a class is called', () => {
    const found = buttons(drawn(classPanel));
    expect(found.map(({ textContent }) => textContent)).toEqual(['cat2', '<b>"fox"</b>1']);
    expect(found.map(({ style }) => style.getPropertyValue('--share'))).toEqual(['1', '0.5']);
  });

  it('narrows to a class, and back', () => {
    buttons(drawn(classPanel))[1]!.click();
    expect(change.mock.calls).toEqual([[{ label: 2, pair: null }]]);
    const [first, second] = buttons(drawn(classPanel, { label: 2 }));
    expect([first, second].map((button) => button!.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
    second!.click();
    expect(change.mock.calls).toEqual([[{ label: null, pair: null }]]);
  });

  it('says how many classes are left out', () => {
    const many = Array.from({ length: 1203 }, (_, label) => `class ${label}`);
    const large = dataOf(
      many.map((_, label) => cell(String(label), { label })),
      { labels: many },
    );
    const panel = classPanel(large, change)!;
    const shown = many.map((_, place) => place);
    panel.draw!({ state: initialState, shown, without: () => shown });
    expect(panel.root.textContent).toContain(', the first 12 of 1203');
    expect(buttons(panel)).toHaveLength(12);
  });

  it('is not there where there are no classes', () => {
    expect(classPanel(dataOf([{ id: 'd', image: 'd.jpg', values: [1, 1] }], { labels: [] }), change)).toBeNull();
  });
});

describe('pairsPanel', () => {
  it('counts which class is taken for which, and narrows to a pair, and back', () => {
    const panel = drawn(pairsPanel);
    const pressed = buttons(panel).filter(({ textContent }) => textContent === '2');
    expect(pressed).toHaveLength(1);
    pressed[0]!.click();
    expect(change.mock.calls).toEqual([[{ pair: [0, 1] }]]);
    const chosen = buttons(drawn(pairsPanel, { pair: [0, 1] })).filter(
      (button) => button.getAttribute('aria-pressed') === 'true',
    );
    expect(chosen.map(({ textContent }) => textContent)).toEqual(['2']);
    chosen[0]!.click();
    expect(change.mock.calls).toEqual([[{ pair: null }]]);
  });

  it('is not there where no cell has two classes', () => {
    expect(pairsPanel(dataOf([{ id: 'd', image: 'd.jpg', values: [NaN, NaN] }]), change)).toBeNull();
  });
});

describe('createSidePanels(data, select, change)', () => {
  let busy: boolean[];
  let root: HTMLElement;
  let select: ReturnType<typeof vi.fn>;

  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    select = vi.fn(() => [0, 1, 2, 3]);
    const side = createSidePanels(data, select as never, change);
    root = side.root;
    const isBusy = (): boolean => root.hasAttribute('aria-busy');
    busy = [isBusy()];
    side.update(initialState, [0, 1, 2, 3]);
    side.update({ ...initialState, label: 2 }, [2]);
    busy.push(isBusy());
    vi.runAllTimers();
    vi.useRealTimers();
    busy.push(isBusy());
  });

  it('has a panel for what the page has, each with its name', () => {
    const names = [...root.querySelectorAll('summary')].map(({ textContent }) => textContent);
    expect(names).toEqual(expect.arrayContaining(['Classes', 'Confused pairs']));
    expect(names).not.toContain('Folders');
  });

  it('follows a moment later, and once where it was told twice', () => {
    expect(busy).toEqual([false, true, false]);
    const asked = select.mock.calls.map(([state]) => (state as ViewState).label);
    expect(asked.every((label) => label === null)).toBe(true);
  });

  it('counts classes without the filter by class, and asks nobody for what is shown', () => {
    expect(select.mock.calls.map(([state]) => (state as ViewState).label)).toContain(null);
    const bars = [...root.querySelectorAll('.class-bars button')];
    expect(bars.map(({ textContent }) => textContent)).toEqual(['cat2', '<b>"fox"</b>1']);
  });
});
