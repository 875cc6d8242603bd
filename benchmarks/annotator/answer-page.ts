import type { Page } from 'playwright-core';
import { countErrors, sumOf } from './count-errors.ts';
import type { Errors, Label } from './count-errors.ts';
import { humanSeconds } from './human-seconds.ts';
import type { Oracle } from './oracle.ts';
import type { TruePicture } from './true-pictures.ts';

/** How the labels of all pictures stand after an answer. */
export interface Step {
  /** Of a person, so far. */
  readonly seconds: number;
  readonly answers: number;
  readonly errors: number;
}

/** What an annotator did. */
export interface Answered {
  readonly steps: readonly Step[];
  /** The pictures in the order of the page, with the errors of the model's labels. */
  readonly pictures: readonly { readonly image: number; readonly errors: number }[];
  readonly before: Errors;
  readonly after: Errors;
  readonly counts: Readonly<Record<Kind, number>>;
  /** How much the model's boxes that were kept overlap what people drew, on average. */
  readonly meanOverlap: number;
  /** Objects too small on the screen to be drawn. */
  readonly tooSmall: number;
}

type Kind = 'proposed' | 'another' | 'nothing' | 'unsure' | 'pictures' | 'drawn';

/** Pixels of the screen that a drag needs. */
const leastDrag = 6.5;

/** Answers all questions of a page by its keys and by dragging, as the oracle says, and counts
 * after each what is wrong with the labels of all pictures: the model's own, but where somebody
 * answered.
 */
export async function answerPage(
  page: Page,
  oracle: Oracle,
  pictures: ReadonlyMap<number, TruePicture>,
): Promise<Answered> {
  const labels = await modelLabels(page);
  const errorsOf = new Map(
    Array.from(labels.keys(), (id) => [id, countErrors(pictures.get(id)!, labelsOf(labels, id))]),
  );
  const total = (): Errors => totalOf([...errorsOf.values()]);
  const before = total();
  const inOrder = Array.from(labels.keys(), (image) => ({ image, errors: sumOf(errorsOf.get(image)!) }));
  const counts: Record<Kind, number> = { proposed: 0, another: 0, nothing: 0, unsure: 0, pictures: 0, drawn: 0 };
  const steps: Step[] = [{ seconds: 0, answers: 0, errors: sumOf(before) }];
  let [seconds, answers, errors, overlaps, tooSmall] = [0, 0, sumOf(before), 0, 0];

  for (;;) {
    const asked = await page.locator('.question').evaluate((question) => ({
      isDone: question.hasAttribute('hidden'),
      key: question.getAttribute('data-question')!,
      proposed: Array.from(
        question.querySelectorAll('.choice.class .name'),
        (name) => (name as { textContent: string }).textContent,
      ),
    }));
    if (asked.isDone) break;
    const { key, proposed } = asked;
    const [, id] = /^(\d+)#/.exec(key)!;
    const image = Number(id);
    const own = labels.get(image)!;
    const [, edges] = /@([-\d.,]+)$/.exec(key) ?? [];
    if (edges === undefined) {
      const drawn = await answerPicture(image);
      own.set(key, drawn);
    } else {
      const box = edges.split(',').map(Number) as [number, number, number, number];
      own.set(key, await answerBox(image, box, proposed));
    }
    const now = countErrors(pictures.get(image)!, labelsOf(labels, image));
    errors += sumOf(now) - sumOf(errorsOf.get(image)!);
    errorsOf.set(image, now);
    answers += 1;
    steps.push({ seconds, answers, errors });
  }
  const meanOverlap = overlaps / (counts.proposed + counts.another);
  return { steps, pictures: inOrder, before, after: total(), counts, meanOverlap, tooSmall };

  async function answerBox(image: number, box: Label['box'], proposed: readonly string[]): Promise<Label[]> {
    const answer = oracle.box(image, box);
    seconds += humanSeconds.verify;
    if (answer.kind !== 'object') {
      counts[answer.kind] += 1;
      await page.keyboard.press(answer.kind === 'nothing' ? '0' : ' ');
      return [];
    }
    overlaps += answer.overlap;
    const place = proposed.indexOf(answer.label);
    await page.keyboard.press(String((place < 0 ? proposed.length : place) + 1));
    counts[place < 0 ? 'another' : 'proposed'] += 1;
    if (place < 0) {
      seconds += humanSeconds.find;
      await find(answer.label);
    }
    return [{ label: answer.label, box }];
  }

  async function answerPicture(image: number): Promise<Label[]> {
    seconds += humanSeconds.cover;
    counts.pictures += 1;
    const { width } = pictures.get(image)!;
    const stage = (await page.locator('.look').boundingBox())!;
    const scale = stage.width / width;
    const drawn: Label[] = [];
    for (const { label, box } of oracle.missed(image)) {
      const { xmin, ymin, xmax, ymax } = box;
      if (Math.hypot(xmax - xmin, ymax - ymin) * scale < leastDrag || Math.min(xmax - xmin, ymax - ymin) < 1) {
        tooSmall += 1;
        continue;
      }
      await page.mouse.move(stage.x + xmin * scale, stage.y + ymin * scale);
      await page.mouse.down();
      await page.mouse.move(stage.x + xmax * scale, stage.y + ymax * scale);
      await page.mouse.up();
      await find(label);
      seconds += humanSeconds.draw;
      counts.drawn += 1;
      drawn.push({ label, box: [xmin, ymin, xmax, ymax] });
    }
    await page.keyboard.press('0');
    return drawn;
  }

  async function find(label: string): Promise<void> {
    await page.locator('#class-search').fill(label);
    const first = await page.locator('.class-search [aria-selected=true]').textContent();
    if (first !== label) throw new Error(`annotator: the search for "${label}" proposes "${first}"`);
    await page.keyboard.press('Enter');
  }
}

type LabelsByKey = ReadonlyMap<number, Map<string, readonly Label[]>>;

/** Of each picture, the model's boxes by the keys of their questions. */
async function modelLabels(page: Page): Promise<LabelsByKey> {
  const text = (await page.locator('script[type="application/json"]').allTextContents()).join('');
  const { labels: names, cells } = JSON.parse(text) as PageData;
  const labels = new Map(cells.imageId.map((id) => [id, new Map<string, readonly Label[]>()]));
  cells.imageId.forEach((image, at) => {
    const numbers = cells.boxes[at]!;
    for (let start = 0; start < numbers.length; start += fields) {
      const [layer, place, , ...edges] = numbers.slice(start, start + fields);
      if (layer !== 0) continue;
      const [label, box] = [names[place!]!, edges.slice(0, 4) as unknown as Label['box']];
      labels.get(image)!.set(`${image}#${label}@${box.join(',')}`, [{ label, box }]);
    }
  });
  return labels;
}

/** What of a page's data says which boxes it has. */
interface PageData {
  readonly labels: readonly string[];
  readonly cells: { readonly imageId: readonly number[]; readonly boxes: readonly (readonly number[])[] };
}

/** Numbers of a box: layer, class, score, four edges, which box it is. */
const fields = 8;

function labelsOf(labels: LabelsByKey, image: number): Label[] {
  return [...labels.get(image)!.values()].flat();
}

function totalOf(all: readonly Errors[]): Errors {
  const sum = (name: keyof Errors): number => all.reduce((total, errors) => total + errors[name], 0);
  return { wrong: sum('wrong'), false: sum('false'), missed: sum('missed') };
}
