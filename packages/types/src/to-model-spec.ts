import type { ErrorObject, ValidateFunction } from 'ajv';
import { modelSpecSchema } from './model-spec-schema.ts';
import type { ModelSpec } from './model-spec.ts';
import { QualmError } from './qualm-error.ts';

/** The same value, known to be a spec. An entry of its own, because it wants the peer `ajv`.
 * @param from where it came from, for the message.
 * @throws QualmError `spec-invalid` that says, of each fault, where it is, what came and what was wanted.
 */
export async function toModelSpec(value: unknown, from: string): Promise<ModelSpec> {
  const validate = await (validator ??= compile());
  if (!validate(value)) {
    const list = [...new Set(decisive(validate.errors ?? []).map(describe))].slice(0, 5).join('; ');
    throw new QualmError('spec-invalid', `model spec "${from}": ${list}`);
  }
  const ids = value.labels.map(({ id }) => id);
  const wide = ids.find((id) => id !== (id | 0));
  if (wide !== undefined)
    throw new QualmError(
      'spec-invalid',
      `model spec "${from}": labels has id ${wide}; wanted a whole number of 32 bits`,
    );
  const seen = new Set<number>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice === undefined) return value;
  throw new QualmError(
    'spec-invalid',
    `model spec "${from}": labels has id ${twice} twice; wanted one label for each id`,
  );
}

/** Compiled once: it takes Ajv twenty milliseconds. */
let validator: Promise<ValidateFunction<ModelSpec>> | undefined;

async function compile(): Promise<ValidateFunction<ModelSpec>> {
  const { Ajv } = await import('./ajv.ts').catch((cause: unknown) => {
    throw new QualmError('unsupported', 'toModelSpec needs the package ajv; npm install ajv', { cause });
  });
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, discriminator: true });
  return ajv.compile<ModelSpec>(discriminatedSchema());
}

/** With the head's type known to Ajv, a fault in a head is told by that head alone. */
function discriminatedSchema(): object {
  const { definitions } = modelSpecSchema;
  const head = { ...definitions.head, type: 'object', required: ['type'], discriminator: { propertyName: 'type' } };
  return { ...modelSpecSchema, definitions: { ...definitions, head } };
}

/** Without the faults of a choice that was not meant, which is one whose constant is another. */
function decisive(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choice = /^(.*\/oneOf\/\d+)\//;
  const choices = (error: ErrorObject): string | undefined => choice.exec(error.schemaPath)?.[1];
  const others = new Set(errors.filter(({ keyword }) => keyword === 'const').map(choices));
  const told = errors.filter((error) => error.keyword !== 'oneOf' && !(choices(error) && others.has(choices(error))));
  return told.length > 0 ? told : errors;
}

function describe({ instancePath, keyword, params, data, message = 'is wrong' }: ErrorObject): string {
  const where = instancePath.slice(1).replaceAll('/', '.') || 'the spec';
  const { missingProperty, additionalProperty, allowedValues, allowedValue, tagValue } = params as Record<
    string,
    unknown
  >;
  switch (keyword) {
    case 'required':
      return `${where} has no "${String(missingProperty)}"`;
    case 'additionalProperties':
      return `${where} has "${String(additionalProperty)}", which is unknown`;
    case 'discriminator':
      return `${where}.type is ${brief(tagValue)}, wanted one of ${headTypes().join(', ')}`;
    case 'enum':
      return `${where} is ${brief(data)}, wanted one of ${(allowedValues as unknown[]).join(', ')}`;
    case 'const':
      return `${where} is ${brief(data)}, wanted ${brief(allowedValue)}`;
    case 'pattern':
      return where === 'files.model' ? outsidePath(data) : `${where} is ${brief(data)}, it ${message}`;
    default:
      return `${where} is ${brief(data)}, it ${message}`;
  }
}

function outsidePath(path: unknown): string {
  const text = String(path);
  const from = 'a path relative to the folder of the spec (or to the root given at loading: --model-root)';
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(text))
    return `files.model is the address ${brief(text)}, wanted ${from}; download it first`;
  if (/^\/|^[a-z]:/i.test(text)) return `files.model is the absolute path ${brief(text)}, wanted ${from}`;
  return `files.model is ${brief(text)}, wanted ${from}, with forward slashes and no ".."`;
}

function headTypes(): string[] {
  return modelSpecSchema.definitions.head.oneOf.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1));
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
