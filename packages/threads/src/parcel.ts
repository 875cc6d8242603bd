/** A value as it goes to another thread: cloned, but for the buffers that are transferred and so
 * leave the sender.
 */
export interface Parcel<T> {
  readonly value: T;
  readonly transfer?: readonly ArrayBuffer[];
}
