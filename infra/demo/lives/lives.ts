import type { Life } from "../life";
import { ada } from "./ada";
import { lukas } from "./lukas";
import { martaAndJonas } from "./marta-and-jonas";
import { noura } from "./noura";
import { priya } from "./priya";
import { tomas } from "./tomas";
import { yuki } from "./yuki";

/** Everybody's, in the order in which the bank knows them. */
export const lives: readonly Life[] = [ada, tomas, yuki, noura, priya, lukas, martaAndJonas];
