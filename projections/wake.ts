/** A sleep that anybody can cut short. A call to `wake` while nobody sleeps is kept for the next sleep. */
export type Wake = { wake(): void; sleep(msMax: number): Promise<void> };

export function createWake(): Wake {
  let pending = false;
  let end: (() => void) | undefined;
  return {
    wake() {
      pending = true;
      end?.();
    },
    sleep(msMax) {
      if (pending) {
        pending = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(done, msMax);
        end = done;
        function done() {
          clearTimeout(timer);
          end = undefined;
          pending = false;
          resolve();
        }
      });
    },
  };
}
