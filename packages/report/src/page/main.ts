import type { ReportData } from '../report-data.ts';
import { cellView } from './cell-view.ts';
import { createDetail } from './detail.ts';
import { element } from './element.ts';
import { createGrid } from './grid.ts';
import { marksAsCsv, marksAsJson, openMarks } from './marks.ts';
import { pairsTable } from './pairs-table.ts';
import { createToolbar } from './toolbar.ts';
import { fromHash, selectCells, toHash } from './view-state.ts';
import type { Mark, ViewState } from './view-state.ts';

const data = JSON.parse(document.querySelector('#data')!.textContent!) as ReportData;
const marks = openMarks(data, () => localStorage);
let state = fromHash(location.hash, data);
let shown: readonly number[] = [];

document.title = data.title;
const grid = createGrid(
  (index) => cellView(data, index, { sort: state.sort, mark: marks.all.get(data.cells[index]!.id) }),
  openCell,
);
const detail = createDetail(data, () => state.sort, {
  onMark: mark,
  onStep: (by) => openCell(Math.min(shown.length - 1, Math.max(0, grid.position() + by))),
  onClose: () => {
    change({ cell: null });
    grid.focus(grid.position());
  },
});
const help = helpDialog();
const toolbar = createToolbar(data, change, [
  action('Boxes', 'o', () => document.body.classList.toggle('no-boxes')),
  action('Export JSON', 'e', () => save('json', 'application/json', marksAsJson(data, marks.all))),
  action('Export CSV', '', () => save('csv', 'text/csv', marksAsCsv(data, marks.all))),
  action('Keys', '?', () => help.showModal()),
]);
const pairs = element('section', { class: 'panel', 'aria-label': 'Confused pairs' });
const side = element('aside', { class: 'side' }, pairs, ...data.charts.map(chart));
document.body.append(
  element('header', {}, element('h1', {}, data.title), toolbar.root),
  element('main', {}, grid.root, ...(data.pairOrder.length > 0 || data.charts.length > 0 ? [side] : [])),
  detail.root,
  help,
);
update();
openNamedCell();

addEventListener('hashchange', () => {
  state = fromHash(location.hash, data);
  update();
  openNamedCell();
});

addEventListener('keydown', (event) => {
  const target = event.target as Element;
  if (target.matches('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions: Readonly<Record<string, () => void>> = {
    a: () => mark('accept'),
    x: () => mark('reject'),
    u: () => mark(null),
    o: () => document.body.classList.toggle('no-boxes'),
    e: () => save('json', 'application/json', marksAsJson(data, marks.all)),
    '/': () => toolbar.search.focus(),
    '?': () => help.showModal(),
    ...(detail.root.open && {
      ArrowLeft: () => openCell(grid.position() - 1),
      ArrowRight: () => openCell(grid.position() + 1),
    }),
  };
  const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
});

function change(part: Partial<ViewState>): void {
  state = { ...state, ...part };
  const hash = toHash(state);
  history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
  update();
}

function update(): void {
  const before = shown;
  shown = selectCells(data, state, marks.all);
  // While only the cell that is looked at changes, the grid stays as it is.
  if (before.length !== shown.length || before.some((index, at) => index !== shown[at])) grid.show(shown);
  else grid.refresh();
  toolbar.set(state, shown.length);
  const unpaired = state.pair === null ? shown : selectCells(data, { ...state, pair: null }, marks.all);
  pairs.replaceChildren(
    ...(data.pairOrder.length > 0
      ? [pairsTable(data, unpaired, { chosen: state.pair, onChoose: (pair) => change({ pair }) })]
      : []),
  );
}

function openCell(position: number): void {
  const index = shown[position];
  if (index === undefined) return;
  grid.focus(position);
  state = { ...state, cell: data.cells[index]!.id };
  history.replaceState(null, '', `#${toHash(state)}`);
  detail.show(index, `${position + 1} of ${shown.length}`, marks.all.get(data.cells[index]!.id));
}

function openNamedCell(): void {
  if (state.cell === null) return;
  const position = shown.findIndex((index) => data.cells[index]!.id === state.cell);
  if (position >= 0) openCell(position);
}

function mark(to: Mark | null): void {
  const index = shown[grid.position()];
  if (index === undefined) return;
  const { id } = data.cells[index]!;
  marks.set(id, marks.all.get(id) === to ? null : to);
  update();
  if (!detail.root.open) return;
  // Under a filter by marks the cell may be gone.
  if (shown[grid.position()] === index)
    detail.show(index, `${grid.position() + 1} of ${shown.length}`, marks.all.get(id));
  else if (shown.length === 0) detail.close();
  else openCell(grid.position());
}

function action(name: string, key: string, act: () => void): HTMLElement {
  const made = element('button', { type: 'button', title: key === '' ? name : `${name} (${key})` }, name);
  made.addEventListener('click', act);
  return made;
}

function chart({ light, dark, words }: ReportData['charts'][number]): HTMLElement {
  const wide = element('source', { media: '(prefers-color-scheme: dark)', srcset: dark });
  return element(
    'figure',
    { class: 'panel' },
    element('picture', {}, wide, element('img', { src: light, alt: words })),
  );
}

function save(ending: string, type: string, text: string): void {
  const link = element('a', {
    download: `selection-${data.id}.${ending}`,
    href: `data:${type};charset=utf-8,${encodeURIComponent(text)}`,
  });
  link.click();
}

function helpDialog(): HTMLDialogElement {
  const keys = [
    ['arrows, Home, End, Page Up, Page Down', 'go about the grid'],
    ['Enter', 'look closely; arrows go on from there'],
    ['a, x, u', 'accept, reject, clear the mark'],
    ['o', 'show or hide boxes'],
    ['/', 'search'],
    ['e', 'export the marks'],
    ['wheel, double click', 'zoom, and back'],
    ['Escape', 'close'],
  ] as const;
  const close = element('button', { type: 'button' }, 'Close');
  const list = element('dl', {}, ...keys.flatMap(([key, does]) => [element('dt', {}, key), element('dd', {}, does)]));
  const made = element('dialog', { class: 'help', 'aria-label': 'Keys' }, element('h2', {}, 'Keys'), list, close);
  close.addEventListener('click', () => made.close());
  return made;
}
