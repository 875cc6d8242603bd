import { createHash } from 'node:crypto';
import { distinctNames, strategyWords } from '@qualm/types';
import { distinctLabels } from './distinct-labels.ts';
import { jsonForScript } from './json-for-script.ts';
import { pageSource } from './page-source.ts';
import { outcomeOrder } from './outcome-order.ts';
import { pairOrder } from './pair-order.ts';
import type { ReportComparison } from './report-comparison.ts';
import type { ReportClass, ReportOptions, ReportStrategy } from './report-options.ts';
import type {
  CellColumns,
  DecidingColumns,
  PageClass,
  PageComparison,
  PageStrategy,
  ReportData,
} from './report-data.ts';

/** From where a page takes pictures: from itself, from files beside it, or from its server, which
 * it also tells of marks.
 */
export type PageHome = 'alone' | 'folder' | 'server';

const sources: Readonly<Record<PageHome, readonly string[]>> = {
  alone: ['img-src data:'],
  // Browsers do not agree on what 'self' is for a file.
  folder: ["img-src data: 'self' file:"],
  server: ["img-src data: 'self'", "connect-src 'self'"],
};

/** What the page is given. The same cells have the same id, wherever the page stands. */
export function reportData(cells: CellColumns, options: ReportOptions, home: PageHome): ReportData {
  const { title = 'qualm report', about = '', strategies, layers = ['boxes'] } = options;
  const { charts = [], noBox = 'no number', facts = null, columns = [], wordColumns, comparison, classes } = options;
  const { kinds = [], verdicts = usualVerdicts, orderWords = ['least sure first', 'most sure first'] } = options;
  const labels = distinctLabels(options.labels, classes);
  const { by = cells.region.some((region) => region !== null) ? 'box' : 'image' } = options;
  const { src: _, whole: _whole, ...named } = cells;
  const id = createHash('sha256')
    .update(JSON.stringify([title, labels, strategies, layers, named]))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ id, title, about, facts, columns, labels, by, layers, noBox, cells, served: home === 'server' },
    pictureFolder: home === 'folder' ? `thumbnails/${id}/` : '',
    ...(classes && { classes: pageClasses(classes) }),
    ...(wordColumns && { wordColumns }),
    comparison: comparison ? numbersOrNull(comparison) : null,
    strategies: strategies.map((one) => ({
      ...inWords(one),
      ...(one.compared && { compared: true }),
      ...(one.box && { box: inWords(one.box) }),
    })),
    pairOrder: pairOrder(ofFirst(cells), labels.length),
    ...(cells.partners && { outcomeOrder: outcomeOrder(cells, labels.length) }),
    ...(kinds.length > 0 && { kinds }),
    ...{ verdicts, orderWords },
    charts: charts.map((chart) => ({ ...chart, light: svgUri(chart.light), dark: svgUri(chart.dark) })),
  };
}

function pageClasses(classes: readonly ReportClass[]): PageClass[] {
  const names = distinctNames(classes);
  return classes.map((one, at) => ({ ...one, ...(names[at] !== one.name && { shown: names[at]! }) }));
}

/** Of boxes that only a second model found a page speaks where it is asked for them. */
function ofFirst({ deciding, layer }: CellColumns): Pick<DecidingColumns, 'label' | 'second'> {
  const [{ label, second }] = deciding as [DecidingColumns];
  const isFirst = (_: unknown, index: number): boolean => layer?.[index] !== 1;
  return layer?.some((place) => place !== 1)
    ? { label: label.filter(isFirst), second: second.filter(isFirst) }
    : { label, second };
}

const usualVerdicts: ReportData['verdicts'] = {
  accept: { act: 'Accept: send to labelling', done: 'accepted' },
  reject: { act: 'Reject: leave out', done: 'rejected' },
};

function inWords({ name, order }: Pick<ReportStrategy, 'name' | 'order'>): PageStrategy {
  return { name, words: strategyWords(name), order };
}

function numbersOrNull({ classes, ...counts }: ReportComparison): PageComparison {
  const known = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);
  return {
    ...counts,
    classes: classes.map(({ name, boxes, means }) => ({
      ...{ name, boxes, means: means.map(([one, two]) => [known(one), known(two)] as const) },
    })),
  };
}

/** The document around the data: nothing runs in it but its own script. */
export function reportPage(data: ReportData, home: PageHome): string {
  const { script, style, template } = pageSource();
  const policy = [
    "default-src 'none'",
    ...sources[home],
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return template({ policy, style, script, json: jsonForScript(data) });
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

function svgUri(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}
