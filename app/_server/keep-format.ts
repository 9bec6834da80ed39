import { refresh } from "next/cache";
import type { NumberFormat } from "@/domain/money/number-format";
import type { CommandState } from "../_forms/command-state";
import { chooseFormat } from "./settings";
import type { Viewer } from "./viewer";

/** The answer to a money form that is not booked. A person who says to write in another format is believed from now on. */
export async function keepFormat(
  viewer: Viewer,
  { state, chosen }: { state: CommandState; chosen?: NumberFormat },
): Promise<CommandState> {
  if (chosen !== undefined && chosen !== viewer.format) {
    await chooseFormat(viewer, chosen);
    refresh(); // every figure on the page is written in it
  }
  return state;
}
