import { isLeft, type ReadModel, type RebuildWish } from "@/app/_server/rebuilds";
import { duration, perSecond, room, whole } from "../../figures";

/** What a wish means, before it is asked for. `steps`: what will happen, in order. */
export type WishWords = {
  title: string;
  steps: readonly string[];
  button: string;
  pending: string;
  back: string;
  danger: boolean;
};

/** `head`: how many events the log holds. */
export function wishWords(wish: RebuildWish, model: ReadModel, head: bigint): WishWords {
  switch (wish) {
    case "rebuild":
      return rebuildWords(model, head);
    case "accept":
      return {
        title: "Accept the differences",
        steps: [
          "The new rows take the place of the present ones, though they differ from them.",
          "They are compared once more on the way, up to the moment of the swap.",
          "The present ones are kept, so that you can roll back.",
        ],
        button: "Accept and swap in",
        pending: "Asking…",
        back: "Not now",
        danger: true,
      };
    case "cancel":
      return cancelWords(model);
    default:
      return rollBackWords(model);
  }
}

function rebuildWords({ last, bytes }: ReadModel, head: bigint): WishWords {
  const common = { danger: false, back: "Leave it as it is", pending: "Asking…" };
  if (last?.phase)
    return {
      ...common,
      title: "Change the pace",
      steps: ["It goes on where it is, at the new pace, from its next events on."],
      button: "Change the pace",
    };
  const compare = "Level with it, the two are compared row by row. If they differ it stops there, and asks.";
  const swap = `The new one takes its place in one moment. The present one is kept for a way back${last && last.keptPosition !== null ? "; the one kept so far is dropped" : ""}.`;
  if (isLeft(last))
    return {
      ...common,
      title: "Go on with the rebuild",
      steps: [`It goes on where it was left: at ${whole(last.done)} of ${whole(last.target)} events.`, compare, swap],
      button: "Go on",
    };
  return {
    ...common,
    title: "Rebuild beside",
    steps: [
      `All ${whole(head)} events are folded into a second table, beside the one that screens read, which goes on meanwhile. It takes about ${room(bytes)}.${lastTime(last)}`,
      compare,
      swap,
    ],
    button: "Start the rebuild",
  };
}

function lastTime(last: ReadModel["last"]): string {
  if (last?.status !== "swapped" || !last.finishedAt) return "";
  const rate = last.eventsPerSecond === null ? "" : `, at ${perSecond(last.eventsPerSecond)}`;
  return ` The last time took ${duration(last.finishedAt.getTime() - last.startedAt.getTime())}${rate}.`;
}

function cancelWords({ last }: ReadModel): WishWords {
  const made =
    last?.purpose === "roll_back"
      ? "The copy before is put by again, as it was."
      : `What was made so far is dropped: ${whole(last?.done ?? 0n)} events’ work.`;
  return {
    title: "Cancel the rebuild",
    steps: [made, "Screens read the present one, as they do now."],
    button: "Cancel the rebuild",
    pending: "Cancelling…",
    back: last?.phase ? "Let it go on" : "Leave it as it is",
    danger: true,
  };
}

function rollBackWords({ last, revision }: ReadModel): WishWords {
  const position = whole(last?.keptPosition ?? 0n);
  const isOlderFold = last?.keptRevision !== revision;
  return {
    title: "Roll back",
    steps: isOlderFold
      ? [
          `The copy before was made by revision ${last?.keptRevision} of the fold, this Daybook has revision ${revision}. It takes its place at once.`,
          `Screens then show what was true at position ${position}, and say so, until a Daybook with that revision runs.`,
          "The present one is kept in its turn.",
        ]
      : [
          `The copy before, true at position ${position}, is brought level with the log first, so that no screen goes back in time.`,
          "Then it takes the place of the present one in one moment, without a comparison.",
          "The present one is kept in its turn.",
        ],
    button: "Roll back",
    pending: "Asking…",
    back: "Leave it as it is",
    danger: true,
  };
}
