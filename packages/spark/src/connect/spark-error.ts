/** An error as Spark tells it: the `cause` of the `QualmError` of a statement. */
export class SparkError extends Error {
  override readonly name = 'SparkError';
  /** Spark's condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`; null where it has none. */
  readonly errorClass: string | null;
  readonly sqlState: string | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** The class of the exception and those that it extends, such as
   * `org.apache.spark.sql.AnalysisException`.
   */
  readonly exceptions: readonly string[];

  constructor(
    message: string,
    said: Pick<SparkError, 'errorClass' | 'sqlState' | 'parameters' | 'exceptions'>,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.errorClass = said.errorClass;
    this.sqlState = said.sqlState;
    this.parameters = said.parameters;
    this.exceptions = said.exceptions;
  }
}
