import type { PeerStore } from "./peer-store";

/** Opens a peer when it is first measured, so that one that cannot be installed or opened fails in its own row. */
export function onFirstUse<Store extends PeerStore>(
  open: () => Promise<Store>,
): { get(): Promise<Store>; close(): Promise<void> } {
  let opened: Promise<Store> | undefined;
  return {
    get() {
      opened ??= open();
      return opened;
    },
    close: async () =>
      opened?.then(
        (store) => store.close(),
        () => undefined, // its row told
      ),
  };
}
