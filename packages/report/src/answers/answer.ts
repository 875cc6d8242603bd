/** An object as somebody says that it is there. */
export interface LabelledBox {
  /** The name of its class. */
  readonly label: string;
  /** Left, top, right and bottom edge, in pixels of the image. */
  readonly box: readonly [xmin: number, ymin: number, xmax: number, ymax: number];
}

/** A class that a question proposed; its score is null where the model gives none. */
export interface ProposedClass {
  readonly label: string;
  /** 0..1. */
  readonly score: number | null;
}

/** What somebody answered: labels, and where they come from. */
export interface Answer {
  /** `box`: what is in this box? `picture`: what did the model miss in this picture? */
  readonly question: 'box' | 'picture';
  /** What is there: none for "no object" and for "nothing missed"; null for "cannot tell". */
  readonly objects: readonly LabelledBox[] | null;
  /** The class vector that was asked, best first; none of a picture. */
  readonly asked: readonly ProposedClass[];
  /** The model whose box it was. */
  readonly model: string;
  /** Who answered; empty where they did not say. */
  readonly who: string;
  /** When, as ISO 8601. */
  readonly at: string;
  /** From when the question was seen to the answer. */
  readonly seconds: number;
}

/** Answers by the keys of questions. */
export type Answers = ReadonlyMap<string, Answer>;

/** What files of answers say that they are. */
export const answersFormat = { format: 'qualm-answers', version: 1 } as const;

/** Bounds of what is taken from outside. A class has the name that its model gives it. */
const most = { objects: 500, asked: 10, name: 10_000, edge: 1e6, seconds: 86_400 } as const;

/** Letters of a model's name. */
const longestModel = 200;

/** Letters of a name of somebody who answers. */
export const longestName = 60;

/** An answer from outside, as it may be; null for what is not one. */
export function readAnswer(value: unknown): Answer | null {
  const { question, objects, asked, model, who, at, seconds } = Object(value) as Readonly<Record<string, unknown>>;
  const read = objects === null ? null : listOf(objects, most.objects, readObject);
  const proposed = listOf(asked, most.asked, readProposed);
  const isQuestion = question === 'box' || question === 'picture';
  if (!isQuestion || read === undefined || !proposed || !isTime(at)) return null;
  if (question === 'box' && read !== null && read.length > 1) return null;
  return {
    ...{ question, objects: read, asked: proposed, at },
    ...{ model: textOf(model, longestModel), who: textOf(who, longestName) },
    seconds: typeof seconds === 'number' && seconds >= 0 && seconds <= most.seconds ? seconds : 0,
  };
}

/** Undefined where it is no list, is too long, or has an item that cannot be read. */
function listOf<Item>(value: unknown, longest: number, read: (item: unknown) => Item | null): Item[] | undefined {
  if (!Array.isArray(value) || value.length > longest) return undefined;
  const items = value.map(read);
  return items.includes(null) ? undefined : (items as Item[]);
}

function readObject(value: unknown): LabelledBox | null {
  const { label, box } = Object(value) as Readonly<Record<string, unknown>>;
  if (!isName(label) || !Array.isArray(box) || box.length !== 4) return null;
  const [xmin, ymin, xmax, ymax] = box as number[];
  if (!box.every(isEdge) || !(xmin! < xmax! && ymin! < ymax!)) return null;
  return { label, box: [xmin!, ymin!, xmax!, ymax!] };
}

function readProposed(value: unknown): ProposedClass | null {
  const { label, score } = Object(value) as Readonly<Record<string, unknown>>;
  const isScore = score === null || (typeof score === 'number' && score >= 0 && score <= 1);
  return isName(label) && isScore ? { label, score } : null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= most.name;
}

function isEdge(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= most.edge;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

function textOf(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}
