/** The parts of reelyActive's advertising libraries we call; they come without types. Their output is not believed. */
declare module 'advlib' {
  interface Processor {
    readonly processor: unknown;
    readonly libraries: readonly unknown[];
    readonly options?: { readonly isPayloadOnly?: boolean };
  }
  const advlib: { process(packet: string, processors: readonly Processor[]): unknown };
  export = advlib;
}

declare module 'advlib-ble' {
  const processor: unknown;
  export = processor;
}

declare module 'advlib-ble-services' {
  const library: unknown;
  export = library;
}

declare module 'advlib-ble-manufacturers' {
  const library: unknown;
  export = library;
}
