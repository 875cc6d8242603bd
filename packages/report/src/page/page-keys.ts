/** Does what is meant by a key, such as `a`, `Escape` or `Ctrl+z`, wherever the focus is but in a
 * field. The command key of a Mac is Ctrl.
 * @param actionsOf what keys do at the time; others are left to the browser
 */
export function listenToKeys(actionsOf: () => Readonly<Record<string, () => void>>): void {
  addEventListener('keydown', (event) => {
    const target = event.target as Element;
    if (target.matches('input, select, textarea') || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const [key, actions] = [isCommand ? `Ctrl+${event.key.toLowerCase()}` : event.key, actionsOf()];
    if (!Object.hasOwn(actions, key) || target.closest('dialog:not(.detail)')) return;
    event.preventDefault();
    actions[key]!();
  });
}
