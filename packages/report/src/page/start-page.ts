import type { ReportData } from '../report-data.ts';
import type { Answer } from '../answers/answer.ts';
import type { AskedPictures } from '../answers/pictures.ts';
import type { Mark } from '../selection.ts';
import { createAlikeActions } from './alike/alike-actions.ts';
import { createAnsweredCells } from './answered/answered-cells.ts';
import { cellsIn, poolOf } from './cells/cell-pool.ts';
import type { BatchActions } from './grid/batch-bar.ts';
import { captionHeight, cellView } from './grid/cell-view.ts';
import { passingCell } from './grid/passing-cell.ts';
import { createDetail } from './close-up/detail.ts';
import type { SaidOfCell } from './close-up/detail.ts';
import { element } from './element.ts';
import { createExportDialog, exportChoices } from './export/export-dialog.ts';
import { createGrid } from './grid/grid.ts';
import { helpDialog } from './help-dialog.ts';
import { createMarkActions } from './marks/mark-actions.ts';
import type { Keeper } from './kept/keeper.ts';
import { closeUpKeys, gridKeys, pageKeys } from './key-actions.ts';
import { createPageControls } from './page-controls.ts';
import type { PageActions } from './page-controls.ts';
import { emptyWords } from './page-header.ts';
import { createLooking } from './looking.ts';
import { listenToKeys } from './page-keys.ts';
import { createPrinting } from './printing.ts';
import { createCellSelector } from './filters/select-cells.ts';
import { createQuestions } from './questions/questions.ts';
import { createSelectedCells } from './grid/selected-cells.ts';
import { createSelecting } from './grid/selecting.ts';
import { followOthers } from './kept/follow.ts';
import { createSidePanels } from './side/side-panels.ts';
import { createTagDialog } from './marks/tag-dialog.ts';
import { fromHash, nameState } from './view-state.ts';
import type { ViewState } from './view-state.ts';
import { heading, things } from './words.ts';

/** Builds the page, and does what is asked of it: the state goes down into the parts, what people
 * do comes up as changes of it.
 */
export function startPage(
  data: ReportData,
  marks: Keeper<Mark>,
  asked: { readonly pictures: AskedPictures; readonly answers: Keeper<Answer> },
): void {
  const { by } = data;
  const { id } = data.cells;
  const answered = createAnsweredCells(data, asked.pictures, asked.answers.all);
  const select = createCellSelector(data, answered);
  const selected = createSelectedCells();
  const alike = createAlikeActions(data, select, {
    ...{ marks, state: () => state, selected: () => selected.places, change },
    open: (index) => looking.openIndex(index),
  });
  let state = fromHash(location.hash, data);
  let shown: readonly number[] = [];

  const saidOf = (index: number): SaidOfCell => ({ mark: marks.all.get(id[index]!), answers: answered.of(index) });
  const grid = createGrid({
    name: heading(things(by)),
    make: (index) => cellView(data, index, { ...saidOf(index), sort: state.sort, badge: alike.badge(index) }),
    makePassing: (index) => passingCell(data, index, state.sort),
    isSelected: (index) => selected.places.has(index),
    onOpen: (position) => looking.open(position),
    onSelect: (position, from) => selecting.pick(position, from),
    onMove: selected.endRange,
    cellWidth: state.size,
    captionHeight: captionHeight(data),
  });
  const selecting = createSelecting(
    selected,
    () => shown,
    () => {
      grid.reselect();
      count();
    },
  );
  const [help, tagging, exporting] = [helpDialog(data), createTagDialog(), createExportDialog(data)];
  const actions = createMarkActions(data, marks, tagging, {
    ...{ shown: () => shown, selected: () => selected.places, position: grid.position, showMarked, showOthers },
    goTo: (position) => looking.goTo(position),
    isClose: () => detail.root.open,
    tell: (message) => controls.tell(message),
  });
  const detail = createDetail(data, () => state, {
    ...{ verdict: actions.judge, clear: actions.clear, tag: actions.tag, aside: toggleAside },
    ...(data.vectors && { alike: moreLikeThis }),
    step: (steps) => looking.step(steps),
    closed() {
      change({ cell: null });
      grid.focus(grid.position());
    },
  });
  const looking = createLooking(data, {
    ...{ grid, detail, saidOf, change, remember, state: () => state, shown: () => shown },
  });
  const questions = createQuestions(data, {
    ...{ ...asked, storage: () => localStorage, cells: () => selected.among(shown) },
    onChange(ask) {
      answered.refresh();
      change({ ask });
      if (ask === null && detail.root.open) looking.goTo(grid.position());
    },
    onOthers() {
      answered.refresh();
      showOthers();
    },
  });
  const printPage = createPrinting(grid, () => shown.length);
  const batch: BatchActions = {
    ...selecting,
    accept: () => actions.judge('accept'),
    reject: () => actions.judge('reject'),
    ...{ clear: actions.clear, tag: actions.tag, undo: actions.undo },
  };
  const ofPage: PageActions = {
    answer: () => questions.open(),
    export: () => exporting.ask(exportChoices(data, marks.all, { shown, selected: selected.places }), marks.all),
    print: () => void printPage(),
    help: () => help.showModal(),
  };
  const controls = createPageControls(data, { actions: ofPage, batch, alike, change });
  const side = createSidePanels(data, (asked) => alike.cells(asked), change);
  side.root.append(...alike.panels);
  document.title = data.title;
  document.body.append(
    ...[controls.root, element('main', {}, grid.root, side.root)],
    ...[detail.root, tagging.root, exporting.root, help, ...questions.roots],
  );
  update();
  openNamed();

  addEventListener('hashchange', () => {
    state = fromHash(location.hash, data);
    update();
    openNamed();
  });
  followOthers(marks, showOthers);
  listenToKeys(() => ({
    ...pageKeys(batch, ofPage),
    ...{ m: moreLikeThis, g: () => alike.openFolded(shown[grid.position()]), o: toggleLayers, s: toggleAside },
    '/': () => controls.search.focus(),
    ...(detail.root.open ? closeUpKeys(detail, looking) : gridKeys(batch, selected.places.size > 0)),
  }));

  function change(part: Partial<ViewState>): void {
    remember(part);
    update();
  }

  function remember(part: Partial<ViewState>): void {
    state = { ...state, ...part };
    nameState(state);
  }

  function update(): void {
    const before = shown;
    shown = alike.arrange();
    selected.keep(shown);
    grid.resize(state.size);
    // While only the cell that is looked at changes, the grid stays as it is.
    if (before.length !== shown.length || before.some((index, at) => index !== shown[at])) grid.show(shown);
    else grid.refresh();
    count();
    side.update(state, shown);
    alike.update();
  }

  /** What the controls say. */
  function count(): void {
    const total = cellsIn(data, poolOf(data, state)).length;
    grid.root.dataset['empty'] = emptyWords(data, total);
    controls.set(state, {
      ...{ shown: shown.length, total, selected: selected.places.size, marks: marks.all, answers: answered.counts() },
      ...{ tags: actions.knownTags(), canUndo: actions.canUndo() },
    });
    alike.count(selected.places.size);
  }

  function moreLikeThis(): void {
    const index = shown[grid.position()];
    if (index === undefined || !data.vectors) return;
    if (detail.root.open) detail.close();
    alike.moreLike(index);
    grid.goTo(0);
  }

  function openNamed(): void {
    if (state.ask !== null) questions.open(state.ask);
    looking.openNamed();
  }

  function showMarked(place: number | null): void {
    if (state.mark !== null) return update();
    if (place === null) grid.refresh();
    else grid.renew(shown.indexOf(place));
    count();
  }

  function showOthers(): void {
    update();
    if (detail.root.open) looking.goTo(grid.position());
  }

  function toggleLayers(): void {
    controls.toggleLayers();
    detail.placeLabels();
  }

  function toggleAside(): void {
    if (data.layers.length < 2) return;
    change({ aside: !state.aside });
    if (detail.root.open) looking.goTo(grid.position());
  }
}
