/** WebAssembly as far as it is used here: TypeScript knows it in `lib.dom` alone. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>;
}
