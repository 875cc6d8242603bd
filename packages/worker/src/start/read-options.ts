import { parseArgs } from 'node:util';
import { QualmError } from '@qualm/types';
import type { OutputForm } from '@qualm/types';
import { defaultStall } from '../lines/serve-lines.ts';

/** What a command line of `qualm-worker` says. */
export interface StartOptions {
  readonly model: string | undefined;
  readonly hash: string | undefined;
  readonly form: OutputForm | undefined;
  readonly minScore: number | undefined;
  readonly topK: number | undefined;
  readonly measures: readonly string[];
  readonly threads: number;
  readonly stall: number;
  readonly cache: string | undefined;
  /** Beginnings of the URIs of images that may be opened. */
  readonly allow: readonly string[];
  readonly allowPrivate: boolean;
  readonly fingerprint: boolean;
  readonly help: boolean;
}

export const usage: string = `qualm-worker --model <spec.json, folder or address> < requests > answers

A request is a line {"id":"1","image":"photos/a.jpg"} or {"id":"1","bytes":"<base64>"}; each is answered by a line.

  --hash <hex>         refuse a model with another fingerprint
  --form <form>        class-scores or detections (default: the model spec's)
  --min-score <p>      leave out boxes that score below p (default: the model spec's)
  --top-k <k>          keep the k best classes of each box, or the k best detections (default: all)
  --cache <folder>     keep a model that --model names by an address there, under its hash (default: qualm-models)
  --allow <prefix>     open images whose URIs begin so: https://images.example.org/, s3://photos/; may be given again
  --allow-private      open them from this machine and private networks, too
  --measure <name>     measure images: entropy, entropy:max, ./mine.js#score; may be given again
  --threads <n>        images computed at the same time, each on a core (default: 1)
  --stall <seconds>    end when nobody has read answers for so long (default: ${defaultStall})
  --fingerprint        print what answers will carry as \`worker\`, and end
  --help               print this

Exit codes: 0 every line was answered, 1 failed, 2 usage, 65 a line is invalid, 75 nobody reads the answers,
141 the reader of the answers has gone.
`;

/** @throws QualmError `options-invalid`. */
export function readOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(args);
  const { form, measure = [], model, hash, cache, allow = [], fingerprint = false, help = false } = values;
  if (form !== undefined && form !== 'class-scores' && form !== 'detections')
    throw invalid(`--form is "${form}"; expected class-scores or detections`);
  if (model === undefined && !fingerprint && !help) throw invalid('no --model; expected the path of a spec');
  return {
    ...{ model, hash, cache, fingerprint, help, measures: measure },
    ...{ allow, allowPrivate: values['allow-private'] ?? false },
    form: form === 'class-scores' ? 'class_scores' : form,
    minScore: numberOf('--min-score', values['min-score'], (value) => value >= 0 && value <= 1, 'a number from 0 to 1'),
    topK: numberOf('--top-k', values['top-k'], isCount, 'a whole number from 1'),
    threads:
      numberOf(
        '--threads',
        values.threads,
        (value) => isCount(value) && value <= 1024,
        'a whole number from 1 to 1024',
      ) ?? 1,
    stall:
      numberOf('--stall', values.stall, (value) => value > 0 && value <= 2_000_000, 'seconds above 0') ?? defaultStall,
  };
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

type Parsed = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      ...{
        model: text,
        hash: text,
        form: text,
        'min-score': text,
        'top-k': text,
        threads: text,
        stall: text,
        cache: text,
      },
      ...{ measure: texts, allow: texts, 'allow-private': flag, fingerprint: flag, help: flag },
    },
  });
}

function parsed(args: readonly string[]): Parsed {
  try {
    return parse(args);
  } catch (cause) {
    const [said = ''] = String((cause as Error).message).split('. ');
    throw invalid(said, cause);
  }
}

function numberOf(
  name: string,
  given: string | undefined,
  isRight: (value: number) => boolean,
  wanted: string,
): number | undefined {
  if (given === undefined) return undefined;
  const value = given.trim() === '' ? NaN : Number(given);
  if (isRight(value)) return value;
  throw invalid(`${name} is "${given}"; expected ${wanted}`);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function invalid(message: string, cause?: unknown): QualmError {
  return new QualmError('options-invalid', message, { cause });
}
