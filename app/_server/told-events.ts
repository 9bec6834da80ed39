import { userNames } from "@/infra/identity/people";
import { runtime } from "@/infra/runtime";
import type { EventView } from "@/infra/time-travel/event-view";

/** One event as it is told on a screen: the view, and who did it in words that this viewer may read. */
export type ToldEvent<View extends Done = EventView> = View & { who: string };

type Done = Pick<EventView, "by">;

/** Puts names to the views' doers, with one query for those that have one. */
export async function tellEvents<View extends Done>(views: readonly View[]): Promise<readonly ToldEvent<View>[]> {
  const names = await userNames(
    runtime().pool,
    views.flatMap(({ by }) => (by.kind === "person" ? [by.userId] : [])),
  );
  return views.map((view) => ({ ...view, who: whoWords(view.by, names) }));
}

function whoWords(by: EventView["by"], names: ReadonlyMap<string, string>): string {
  switch (by.kind) {
    case "you":
      return "You";
    case "holder":
      return "Another holder";
    case "staff":
      return "A member of staff";
    case "job":
      return `The bank (${by.name})`;
    case "person":
      return names.get(by.userId) ?? "Somebody whose login is gone";
  }
}
