/** The log holds a type or a version that this build does not know: it was written by a newer one. Never skipped. */
export class EventFromNewerBuild extends Error {
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    known: number | undefined,
  ) {
    const what = known === undefined ? "this build does not know the type" : `this build knows versions up to ${known}`;
    super(`Event ${type} version ${schemaVersion} was written by a newer Daybook: ${what}. Start the newer build.`);
    this.name = "EventFromNewerBuild";
  }
}

/** The stored JSON has not the shape of its type and version: the log was altered, or written by something else. */
export class MisshapenEvent extends Error {
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    options: { cause: unknown },
  ) {
    super(`Event ${type} version ${schemaVersion} has not the shape of its version`, options);
    this.name = "MisshapenEvent";
  }
}
