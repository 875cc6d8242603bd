/** What went wrong, in one word that programs can switch on. */
export type QualmErrorCode =
  | 'aborted'
  | 'access-denied'
  | 'backend-unavailable'
  | 'dataset-invalid'
  | 'image-invalid'
  | 'image-missing'
  | 'image-too-large'
  | 'incomplete'
  | 'io'
  | 'machine-trouble'
  | 'model-invalid'
  | 'model-missing'
  | 'options-invalid'
  | 'output-invalid'
  | 'path-outside'
  | 'plugin-failed'
  | 'predict-failed'
  | 'query-failed'
  | 'query-invalid'
  | 'registry-invalid'
  | 'registry-unavailable'
  | 'request-invalid'
  | 'shape-mismatch'
  | 'spark-unavailable'
  | 'spec-invalid'
  | 'unsupported';

const brand = Symbol.for('qualm.error');

/** The one error class of qualm. A message says where, what came, what was wanted, and what to do.
 * @example throw new QualmError('image-missing', 'decode: "a.jpg" does not exist; check the dataset folder', { cause })
 */
export class QualmError extends Error {
  override readonly name = 'QualmError';
  readonly code: QualmErrorCode;

  constructor(code: QualmErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    Object.defineProperty(this, brand, { value: true });
  }

  /** True for a QualmError, also for one made by another copy of this package or in another realm;
   * with `code`, only for that code.
   */
  static is(error: unknown, code?: QualmErrorCode): error is QualmError {
    if (typeof error !== 'object' || error === null || !(brand in error)) return false;
    return code === undefined || (error as { readonly code?: unknown }).code === code;
  }
}
