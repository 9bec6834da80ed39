"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { followLog } from "./follow-log";

/**
 * Keeps a page that shows now up to date: when something the viewer may see has moved, the server renders it again.
 * Focus and scroll stay; nothing is announced. A lost connection is said in one line, not in a dialog.
 */
export function LiveRefresh() {
  const router = useRouter();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const refresh = () => startTransition(() => router.refresh());
    return followLog({ onMoved: refresh, onConnection: (connected) => setLost(!connected) });
  }, [router]);
  return lost ? <p className="lost">The connection is lost. What you see may be old; it refreshes by itself.</p> : null;
}
