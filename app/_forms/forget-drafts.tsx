"use client";

import { useEffect } from "react";
import { forgetAllDrafts } from "./drafts";

/** After sign-out: what was typed and not sent is kept in this browser no longer. */
export function ForgetDrafts() {
  useEffect(forgetAllDrafts, []);
  return null;
}
