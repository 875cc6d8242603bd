/** A file in the making that gets its rows block by block. */
export interface BlockFile<Block> {
  add(block: Block): Promise<void>;
  /** The file takes its place. */
  finish(): Promise<void>;
  /** Nothing of it is left. */
  discard(): Promise<void>;
}

/** Gathers rows into blocks. */
export interface BlockBuilder<Row, Block> {
  /** Of the numbers that were gathered. */
  readonly bytes: number;
  /** @throws QualmError for a row that does not belong to the others. */
  add(row: Row): void;
  /** What was gathered; empty afterwards. */
  take(): Block;
}
