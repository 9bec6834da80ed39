import type { World } from "@/soak/world";

/** Below this a run says nothing: there was too little that could have gone wrong. */
const needed = { "commands done": 200, "answers about the past": 40, faults: 8 } as const;

type Work = Readonly<Record<keyof typeof needed, number>>;

export function workOf({ history: { attempts, past, faults } }: Pick<World, "history">): Work {
  const done = new Set(attempts.filter(({ answer }) => answer?.kind === "done").map(({ command }) => command));
  return { "commands done": done.size, "answers about the past": past.length, faults: faults.length };
}

/** What a run did too little of, in words; nothing where it did enough. */
export function tooLittle(work: Work): readonly string[] {
  return Object.entries(needed).flatMap(([what, least]) => {
    const count = work[what as keyof Work];
    return count < least ? [`${count} ${what}, of at least ${least}`] : [];
  });
}
