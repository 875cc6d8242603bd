/** The TypeScript type that a schema describes, for the keywords that the schema of ModelSpec uses. */
export type TypeOf<S, Root> = S extends { readonly $ref: `#/definitions/${infer Name}` }
  ? Root extends { readonly definitions: infer Definitions }
    ? Name extends keyof Definitions
      ? TypeOf<Definitions[Name], Root>
      : never
    : never
  : S extends { readonly const: infer Value }
    ? Value
    : S extends { readonly enum: readonly (infer Value)[] }
      ? Value
      : S extends { readonly oneOf: readonly (infer Choice)[] }
        ? Choice extends unknown
          ? TypeOf<Choice, Root>
          : never
        : TypeOfKeyword<S, Root>;

type TypeOfKeyword<S, Root> = S extends { readonly type: 'object' }
  ? TypeOfObject<S, Root>
  : S extends { readonly type: 'array'; readonly items: infer Items }
    ? TypeOfItems<Items, Root>
    : S extends { readonly type: infer Name extends keyof Scalars }
      ? Scalars[Name]
      : never;

interface Scalars {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
}

type TypeOfItems<Items, Root> = Items extends readonly unknown[]
  ? { readonly [Index in keyof Items]: TypeOf<Items[Index], Root> }
  : readonly TypeOf<Items, Root>[];

type TypeOfObject<S, Root> = S extends { readonly properties: infer Properties }
  ? Flat<
      {
        readonly [Key in keyof Properties as Key extends RequiredOf<S> ? Key : never]: TypeOf<Properties[Key], Root>;
      } & {
        readonly [Key in keyof Properties as Key extends RequiredOf<S> ? never : Key]?: TypeOf<Properties[Key], Root>;
      }
    >
  : Readonly<Record<string, unknown>>;

type RequiredOf<S> = S extends { readonly required: readonly (infer Key)[] } ? Key : never;

/** One object type in place of interfaces and intersections, all the way down, so that two can be compared. */
export type Flat<T> = T extends string | number | boolean | null | undefined
  ? T
  : string extends keyof T
    ? T
    : { [Key in keyof T]: Flat<T[Key]> };
