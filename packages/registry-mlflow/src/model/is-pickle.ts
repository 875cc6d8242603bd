/** True for a file that Python would run as code when it opens it. Such files are never fetched. */
export function isPickle(path: string): boolean {
  return /\.(pkl|pickle|joblib|dill|cloudpickle|pt|pth|ckpt|skops)$/i.test(path);
}
