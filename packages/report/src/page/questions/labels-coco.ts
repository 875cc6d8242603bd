import type { Answer, Answers, LabelledBox } from '../../answers/answer.ts';
import type { AskedPicture, AskedPictures } from '../../answers/pictures.ts';
import type { PageClass, ReportData } from '../../report-data.ts';
import { cocoBox, createCocoImages } from '../export/coco-images.ts';
import { isFinished, keysOf } from './question.ts';

/** Which pictures are exported: those whose labels are whole, or all with an answer. */
export type LabelledPictures = 'finished' | 'begun';

/** The pictures of each kind, in the order of the report. */
export function labelledPictures(
  pictures: Pick<AskedPictures, 'find'>,
  answers: Answers,
): Readonly<Record<LabelledPictures, AskedPicture[]>> {
  const found = new Set(Array.from(answers.keys(), (key) => pictures.find(key)!));
  const begun = [...found].sort((one, two) => one.cells[0]! - two.cells[0]!);
  return { begun, finished: begun.filter((picture) => isFinished(picture, answers)) };
}

/** What was answered as labels, in COCO's form. An object is an annotation, with who said so and
 * what was asked in `attributes`; what is no object is none. Each image says whether it is
 * `finished`, and how many of its boxes nobody could tell, or was asked. Categories are the classes
 * of the model, with their ids.
 * @see https://cocodataset.org/#format-data
 */
export function answersAsCoco(data: ReportData, pictures: readonly AskedPicture[], answers: Answers): string {
  const images = createCocoImages(data);
  const used = pictures.flatMap((picture) => keysOf(picture).flatMap((key) => answers.get(key) ?? []));
  const categories = categoriesOf(data, used);
  const ids = new Map(categories.map((one) => [shownName(one), one.id]));
  const annotations: object[] = [];
  const described = pictures.map((picture) => {
    const image = images.of(picture.cells[0]!);
    const given = keysOf(picture).flatMap((key) => answers.get(key) ?? []);
    for (const answer of given)
      for (const one of answer.objects ?? []) {
        const id = annotations.length + 1;
        annotations.push({ id, image_id: image.id, ...annotation(one, ids.get(one.label)!, answer) });
      }
    const unsure = given.filter(({ objects }) => objects === null).length;
    const left = picture.boxes().filter(({ key }) => !answers.has(key)).length;
    return { ...image, finished: isFinished(picture, answers), unsure, not_asked: left };
  });
  const times = used.map(({ at }) => at).sort();
  const info = {
    description: data.title,
    contributor: [...new Set(used.map(({ who }) => who).filter(Boolean))].join(', '),
    ...(times.length > 0 && { date_created: times.at(-1) }),
  };
  const named = categories.map(({ id, name }) => ({ id, name }));
  return `${JSON.stringify({ info, images: described, annotations, categories: named })}\n`;
}

/** Ids from 1, which some labelling tools want; names that the model does not know come after them.
 */
function categoriesOf(data: ReportData, answers: readonly Answer[]): PageClass[] {
  const classes = classesOf(data);
  const shift = classes.some(({ id }) => id < 1) ? 1 - Math.min(...classes.map(({ id }) => id)) : 0;
  const known = classes.map((one) => ({ ...one, id: one.id + shift }));
  const names = new Set(known.map(shownName));
  const said = answers.flatMap(({ objects }) => objects ?? []).map(({ label }) => label);
  const others = [...new Set(said)].filter((name) => !names.has(name)).sort();
  const last = known.reduce((most, { id }) => Math.max(most, id), 0);
  return [...known, ...others.map((name, at) => ({ id: last + at + 1, name }))];
}

/** What somebody answers who says that it is this class. */
export function shownName({ name, shown = name }: PageClass): string {
  return shown;
}

/** The names in answers that several classes share, so that nobody knows which of them is meant,
 * and how many objects have each.
 */
export function ambiguousNames(data: ReportData, answers: Answers): ReadonlyMap<string, number> {
  const classes = classesOf(data);
  const shared = new Set(classes.flatMap(({ name, shown }) => (shown === undefined ? [] : [name])));
  const counts = new Map<string, number>();
  for (const { objects } of answers.values())
    for (const { label } of objects ?? []) if (shared.has(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** All classes that somebody can answer. */
export function classesOf({ classes, labels }: ReportData): readonly PageClass[] {
  return classes ?? labels.map((name, place) => ({ id: place + 1, name }));
}

function annotation({ box }: LabelledBox, category_id: number, { question, asked, ...answer }: Answer) {
  const { who, at, model, seconds } = answer;
  return {
    ...{ category_id, ...cocoBox(box), iscrowd: 0, segmentation: [] as const },
    attributes: {
      ...{ question, model, answered_by: who, answered_at: at, seconds },
      asked: asked.map(({ label, score }) => (score === null ? label : `${label} ${score}`)).join(', '),
    },
  };
}
