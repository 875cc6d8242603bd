import type { ReportData } from '../report-data.ts';
import { noMark, readMark } from '../selection.ts';
import type { Mark } from '../selection.ts';
import { cellView } from './cell-view.ts';
import { classBars } from './class-bars.ts';
import { createDetail } from './detail.ts';
import { element } from './element.ts';
import { createGrid } from './grid.ts';
import { helpDialog } from './help-dialog.ts';
import { layerToggles } from './layer-toggles.ts';
import { marksAsCsv, marksAsJson } from './marks.ts';
import type { MarkKeeper } from './marks.ts';
import { action, drawnChart, panel, saveFile } from './page-parts.ts';
import { pairsTable } from './pairs-table.ts';
import { createCellSelector } from './select-cells.ts';
import { createTagDialog } from './tag-dialog.ts';
import { createToolbar } from './toolbar.ts';
import { valueBars } from './value-bars.ts';
import { fromHash, toHash } from './view-state.ts';
import type { ViewState } from './view-state.ts';

/** Of a row of cells, in pixels, and of the two lines that say why a cell is there. */
const rowHeight = 190;
const reasonHeight = 32;

/** Builds the page, and does what is asked of it: the state goes down into the parts, what people
 * do comes up as changes of it.
 */
export function startPage(data: ReportData, marks: MarkKeeper): void {
  const { id, labels } = { id: data.cells.id, labels: data.labels };
  const select = createCellSelector(data);
  let state = fromHash(location.hash, data);
  let shown: readonly number[] = [];
  let sideTimer: ReturnType<typeof setTimeout> | undefined;

  const markOf = (index: number): Mark | undefined => marks.all.get(id[index]!);
  const grid = createGrid(
    (index, withPicture) => cellView(data, index, { sort: state.sort, mark: markOf(index), withPicture }),
    openCell,
    data.cells.reason ? rowHeight + reasonHeight : rowHeight,
  );
  const detail = createDetail(data, () => state, {
    verdict,
    clear: () => setMark(() => noMark),
    tag,
    step: (by) => openCell(Math.min(shown.length - 1, Math.max(0, grid.position() + by))),
    aside: toggleAside,
    closed() {
      change({ cell: null });
      grid.focus(grid.position());
    },
  });
  const help = helpDialog();
  const tagging = createTagDialog();
  const layers = layerToggles(data.layers);
  const fileName = `selection-${data.id}`;
  const exportJson = (): void => saveFile(`${fileName}.json`, 'application/json', marksAsJson(data, marks.all));
  const toolbar = createToolbar(data, change, [
    ...layers.buttons,
    action('Export JSON', 'e', exportJson),
    action('Export CSV', '', () => saveFile(`${fileName}.csv`, 'text/csv', marksAsCsv(data, marks.all))),
    action('Keys', '?', () => help.showModal()),
  ]);
  const [values, classes, pairs] = [panel('By uncertainty'), panel('By class'), panel('Confused pairs')];
  const trouble = element('p', { class: 'trouble', role: 'alert', hidden: true });
  const side = element('aside', { class: 'side' }, values, classes, pairs, ...data.charts.map(drawnChart));
  document.title = data.title;
  document.body.append(
    element(
      'header',
      {},
      element('h1', {}, data.title),
      element('p', { class: 'about' }, data.about),
      toolbar.root,
      trouble,
    ),
    element('main', {}, grid.root, side),
    ...[detail.root, tagging.root, help],
  );
  update();
  openNamedCell();

  addEventListener('hashchange', () => {
    state = fromHash(location.hash, data);
    update();
    openNamedCell();
  });
  // Other tabs mark too: this browser tells of its own, a server is asked when somebody comes back.
  addEventListener('storage', refreshMarks);
  addEventListener('focus', refreshMarks);
  document.addEventListener('visibilitychange', refreshMarks);
  addEventListener('keydown', (event) => {
    const target = event.target as Element;
    if (target.matches('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      a: () => verdict('accept'),
      x: () => verdict('reject'),
      u: () => setMark(() => noMark),
      t: tag,
      o: layers.toggleAll,
      s: toggleAside,
      e: exportJson,
      '/': () => toolbar.search.focus(),
      '?': () => help.showModal(),
      ...(detail.root.open && {
        ArrowLeft: () => openCell(grid.position() - 1),
        ArrowRight: () => openCell(grid.position() + 1),
        '+': () => detail.zoom(1.5),
        '-': () => detail.zoom(1 / 1.5),
        '0': () => detail.zoom(0),
      }),
    };
    const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });

  function change(part: Partial<ViewState>): void {
    state = { ...state, ...part };
    nameState();
    update();
  }

  /** In the address; a page within another, as notebooks have it, may have none of its own. */
  function nameState(): void {
    const hash = toHash(state);
    try {
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
    } catch {
      // The state is kept all the same.
    }
  }

  function update(): void {
    const before = shown;
    shown = select(state, marks.all);
    // While only the cell that is looked at changes, the grid stays as it is.
    if (before.length !== shown.length || before.some((index, at) => index !== shown[at])) grid.show(shown);
    else grid.refresh();
    toolbar.set(state, shown.length, knownTags());
    // What is looked at first comes first.
    side.setAttribute('aria-busy', 'true');
    clearTimeout(sideTimer);
    sideTimer = setTimeout(updateSide);
  }

  function knownTags(): string[] {
    return [...new Set([...marks.all.values()].flatMap(({ tags }) => tags))].sort();
  }

  /** Each panel counts what all filters but its own let through. */
  function updateSide(): void {
    const without = (part: Partial<ViewState>, isOff: boolean): readonly number[] =>
      isOff ? shown : select({ ...state, ...part }, marks.all);
    const { sort, from, to, label, pair } = state;
    values.replaceChildren(
      valueBars(data, without({ from: null, to: null }, from === null && to === null), {
        ...{ sort, from, to },
        onChoose: (low, high) => change({ from: low, to: high }),
      }),
    );
    classes.hidden = labels.length === 0;
    classes.replaceChildren(
      classBars(data, without({ label: null, pair: null }, label === null && pair === null), {
        ...{ sort, chosen: label },
        onChoose: (chosen) => change({ label: chosen, pair: null }),
      }),
    );
    pairs.hidden = data.pairOrder.length === 0;
    pairs.replaceChildren(
      pairsTable(data, without({ pair: null }, pair === null), {
        ...{ sort, chosen: pair },
        onChoose: (chosen) => change({ pair: chosen }),
      }),
    );
    side.removeAttribute('aria-busy');
  }

  function openCell(position: number): void {
    const index = shown[position];
    if (index === undefined) return;
    grid.focus(position);
    state = { ...state, cell: id[index]! };
    nameState();
    detail.show(index, `${position + 1} of ${shown.length}`, markOf(index));
  }

  function openNamedCell(): void {
    if (state.cell === null) return;
    const position = shown.findIndex((index) => id[index] === state.cell);
    if (position >= 0) openCell(position);
  }

  function verdict(to: 'accept' | 'reject'): void {
    setMark((mark) => ({ ...mark, verdict: mark.verdict === to ? null : to }));
  }

  function tag(): void {
    const index = shown[grid.position()];
    if (index === undefined) return;
    tagging.ask(markOf(index)?.tags ?? [], knownTags(), (tags) => setMark((mark) => ({ ...mark, tags })));
  }

  function setMark(next: (mark: Mark) => Mark): void {
    const index = shown[grid.position()];
    if (index === undefined) return;
    marks.set(id[index]!, readMark(next(markOf(index) ?? noMark))).then(
      (behind) => {
        tell(
          behind.length === 0 ? '' : `${namesOf(behind)}: marked by somebody else meanwhile; this page shows that now.`,
        );
        if (behind.length > 0) showMarks();
      },
      (error: Error) =>
        tell(`Not saved: ${error.message}. Is qualm serve still running? Marks are kept in this page; export them.`),
    );
    if (state.mark === null) {
      grid.renew(grid.position());
      toolbar.set(state, shown.length, knownTags());
    } else update();
    if (!detail.root.open) return;
    // Under a filter by marks the cell may be gone.
    if (shown[grid.position()] === index)
      detail.show(index, `${grid.position() + 1} of ${shown.length}`, markOf(index));
    else if (shown.length === 0) detail.close();
    else openCell(grid.position());
  }

  function tell(message: string): void {
    trouble.hidden = message === '';
    trouble.textContent = message;
  }

  function namesOf(cells: readonly string[]): string {
    return cells.map((cell) => data.cells.image[id.indexOf(cell)]).join(', ');
  }

  /** Marks that came from elsewhere. */
  function showMarks(): void {
    update();
    const index = shown[grid.position()];
    if (detail.root.open && index !== undefined) openCell(grid.position());
  }

  function refreshMarks(): void {
    if (document.hidden) return;
    marks.refresh().then(
      (isNew) => isNew && showMarks(),
      () => undefined,
    );
  }

  function toggleAside(): void {
    if (data.layers.length < 2) return;
    change({ aside: !state.aside });
    if (detail.root.open) openCell(grid.position());
  }
}
