"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { type EdgeWords, readEdgeText } from "../_forms/edge-words";
import { askEdge } from "../_forms/failure";
import { Button } from "./button";

const askAgainMs = 4_000;
const asksMax = 150; // ten minutes

/**
 * The unexpected. The server has logged it under the digest; nothing of it is shown here. Where it is an outage, the page says so instead, and
 * shows itself again once that is over.
 */
export function Unexpected({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const [outage, setOutage] = useState<EdgeWords | undefined>(() => readEdgeText(error.message));
  const goOn = useEffectEvent(retry);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asks = 0;
    let isLeft = false;
    const ask = async () => {
      const found = await askEdge();
      if (isLeft) return;
      if (found === "sound") return asks > 0 ? goOn() : undefined; // it answers: the fault is another
      setOutage(typeof found === "object" ? found : unreachableWords);
      asks += 1;
      if (asks < asksMax) timer = setTimeout(() => void ask(), askAgainMs);
    };
    void ask();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, []);

  const reference = error.digest ? ` If it happens again, quote reference ${error.digest}.` : "";
  return (
    <div className="page-narrow" role="alert">
      <h1>{outage?.title ?? "Something went wrong on our side"}</h1>
      <p className="page-lede mb-6">
        {outage?.text ?? `Nothing is booked twice: a form that is sent again is recognised.${reference}`}
      </p>
      <Button variant="primary" onClick={() => retry()}>
        Try again
      </Button>
    </div>
  );
}

const unreachableWords: EdgeWords = {
  title: "Daybook cannot be reached",
  text: "The connection is lost, or something else answers in its place. This page asks again by itself.",
};
