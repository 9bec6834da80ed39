import { commandsOutside } from "../checks/check-commands";
import type { CheckedBook } from "../checks/check-event";
import { checkRange } from "../checks/check-range";
import type { Fault } from "../checks/fault";
import type { Db } from "../postgres/connect";
import { type Accepted, acceptedPlaces, recordFinding, unacceptedPositions } from "../review/findings";

const eventsPerRange = 500n; // some 20 ms of work, and then it is others' turn
const eventsPerStepMax = 50_000n;

export type SealCourse = ReturnType<typeof createSealCourse>;

/** `wanted`: how far the next seal would go. */
type Stretch = { sealed: bigint; wanted: bigint; head: bigint };

/**
 * What a sealer has checked of the events that no seal covers yet. It goes on behind a fault, so that every account whose
 * events are faulty is closed, though nothing there is sealed. After a restart it begins again behind the last seal.
 */
export function createSealCourse() {
  let checkedTo = 0n;

  /** Records what is faulty, when the caller commits; returns what nobody had found before. */
  async function goOn(db: Db, book: CheckedBook, accepted: Accepted, upTo: bigint): Promise<Fault[]> {
    const faults: Fault[] = await commandsOutside(db);
    for (let isNewer = false; checkedTo < upTo && !isNewer; ) {
      const after = checkedTo;
      const range = await checkRange(db, book, accepted, { after, upTo: lesser(upTo, after + eventsPerRange) });
      faults.push(...range.faults);
      isNewer = range.newer !== undefined;
      if (range.reached === after && !isNewer) throw new Error(`the log has no event at position ${after + 1n}`);
      checkedTo = range.reached;
    }
    const found: Fault[] = [];
    for (const fault of faults) if (await recordFinding(db, "sealer", fault)) found.push(fault);
    return found;
  }

  return {
    /** How far may be sealed, and the faults that nobody had found before. */
    async check(db: Db, book: CheckedBook, stretch: Stretch): Promise<{ to: bigint; found: readonly Fault[] }> {
      const { sealed, wanted, head } = stretch;
      if (checkedTo < sealed || checkedTo > head) checkedTo = sealed;
      const accepted = await acceptedPlaces(db);
      const found = await goOn(db, book, accepted, lesser(head, checkedTo + eventsPerStepMax));
      const sound = lesser(wanted, checkedTo);
      const faulty = await firstFaulty(db, book, accepted, { after: sealed, upTo: sound });
      return { to: faulty === undefined ? sound : faulty - 1n, found };
    },
  };
}

/** The first position with an open finding that nobody accepted, and that is faulty still. */
async function firstFaulty(
  db: Db,
  book: CheckedBook,
  accepted: Accepted,
  { after, upTo }: { after: bigint; upTo: bigint },
): Promise<bigint | undefined> {
  for (const position of await unacceptedPositions(db, after, upTo)) {
    const { faults } = await checkRange(db, book, accepted, { after: position - 1n, upTo: position });
    if (faults.length > 0) return position;
  }
  return undefined;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
