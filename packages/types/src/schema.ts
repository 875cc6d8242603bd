/** What a JSON Schema (draft-07) may say here: these keywords are checked, and a type follows from
 * them.
 */
export type Schema =
  | ObjectSchema
  | ListSchema
  | TupleSchema
  | TextSchema
  | NumberSchema
  | BooleanSchema
  | ConstSchema
  | EnumSchema
  | ChoiceSchema;

interface Described {
  /** For people, and for editors that complete a spec. */
  readonly description?: string;
}

export interface ObjectSchema extends Described {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Whether other properties are wrong; they may be anything when absent. */
  readonly additionalProperties?: false;
}

export interface ListSchema extends Described {
  readonly type: 'array';
  readonly items: Schema;
  readonly minItems?: number;
}

/** An array of so many items, each with a schema of its own. */
export interface TupleSchema extends Described {
  readonly type: 'array';
  readonly items: readonly Schema[];
  /** As many as `items`. */
  readonly minItems: number;
  readonly additionalItems: false;
}

export interface TextSchema extends Described {
  readonly type: 'string';
  readonly minLength?: number;
  readonly pattern?: string;
}

export interface NumberSchema extends Described {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

export interface BooleanSchema extends Described {
  readonly type: 'boolean';
}

export interface ConstSchema extends Described {
  readonly const: string | number;
}

export interface EnumSchema extends Described {
  readonly enum: readonly (string | number)[];
}

/** One of several objects, told apart by a property that is constant in each; one of them may do
 * without.
 */
export interface ChoiceSchema extends Described {
  readonly oneOf: readonly ObjectSchema[];
}

/** The type of the values that a schema describes, of a schema written `as const`.
 * @example const size = { type: 'array', items: { type: 'integer' } } as const; type Size = SchemaType<typeof size>;
 */
export type SchemaType<S> = S extends { readonly const: infer Value }
  ? Value
  : S extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : S extends { readonly oneOf: readonly (infer Choice)[] }
      ? Choice extends unknown
        ? SchemaType<Choice>
        : never
      : S extends { readonly type: 'object' }
        ? ObjectType<S>
        : S extends { readonly type: 'array'; readonly items: infer Items }
          ? ItemsType<Items>
          : S extends { readonly type: infer Name extends keyof Scalars }
            ? Scalars[Name]
            : never;

interface Scalars {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
}

type ItemsType<Items> = Items extends readonly unknown[]
  ? { readonly [Index in keyof Items]: SchemaType<Items[Index]> }
  : readonly SchemaType<Items>[];

type ObjectType<S> = S extends { readonly properties: infer Properties }
  ? Flat<
      {
        readonly [Key in keyof Properties as Key extends RequiredKey<S> ? Key : never]: SchemaType<Properties[Key]>;
      } & {
        readonly [Key in keyof Properties as Key extends RequiredKey<S> ? never : Key]?: SchemaType<Properties[Key]>;
      } & (S extends { readonly additionalProperties: false } ? unknown : Readonly<Record<string, unknown>>)
    >
  : Readonly<Record<string, unknown>>;

type RequiredKey<S> = S extends { readonly required: readonly (infer Key)[] } ? Key : never;

/** An intersection as one object type. */
export type Flat<T> = { [Key in keyof T]: T[Key] };
