const RealDate = Date;
let offsetMs = 0;

/** A process's own clock that is off by some seconds, as after a bad time server. `performance.now()` goes on as it was. */
class SteppedDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...(given as ConstructorParameters<typeof Date>));
  }
  static override now(): number {
    return RealDate.now() + offsetMs;
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === "[object Date]"; // dates made before the step are dates still
  }
}

/** Steps this process's clock to `seconds` off the real time. For processes of a soak run only. */
export function stepClock(seconds: number): number {
  offsetMs = seconds * 1_000;
  globalThis.Date = SteppedDate as DateConstructor;
  return offsetMs;
}
