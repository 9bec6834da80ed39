/** A sleep that anybody can cut short; tells whether somebody did. A call to `wake` while nobody sleeps is kept for the next sleep. */
export type Wake = { wake(): void; sleep(msMax: number): Promise<boolean> };

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
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          end = undefined;
          resolve(pending);
          pending = false;
        };
        const timer = setTimeout(done, msMax);
        end = done;
      });
    },
  };
}
