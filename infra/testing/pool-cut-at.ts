import type pg from "pg";
import { type CutPoint, cutAt } from "./cut-at";

/** The pool with a fault in the connections of its transactions. */
export function poolCutAt(pool: pg.Pool, point: CutPoint | undefined) {
  const fault = cutAt(point);
  const cut = new Proxy(pool, {
    get(target, name) {
      if (name === "connect") return async () => fault.watch<pg.PoolClient>(await target.connect());
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { pool: cut, fault };
}
