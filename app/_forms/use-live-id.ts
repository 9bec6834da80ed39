"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import { isPristine } from "./drafts";
import { freshCommandId } from "./fresh-id";
import { isSpent } from "./spent-ids";

/**
 * The id that a form sends: the one it was given, until that is spent and the form begins something new. A copy of a page (Back, a restored or
 * duplicated tab) holds the id of what was done long ago. Empty, or filled in anew, it is another intent and gets another id; what stands in
 * it untouched may be the same intent once more: it keeps its id, and the bank says that it was done.
 */
export function useLiveId(given: string, form: RefObject<HTMLFormElement | null>) {
  const [renewed, setRenewed] = useState<{ of: string; id: string }>();
  const id = renewed?.of === given ? renewed.id : given;

  const renewIfSpent = useCallback((): string => {
    if (!isSpent(id)) return id;
    const next = freshCommandId();
    setRenewed({ of: given, id: next });
    return next;
  }, [given, id]);

  const renewIfEmpty = useCallback((): string => {
    return form.current && isPristine(form.current) ? renewIfSpent() : id;
  }, [form, id, renewIfSpent]);

  useEffect(() => {
    const look = () => void renewIfEmpty();
    look();
    window.addEventListener("pageshow", look); // from the browser's cache, as it was left
    document.addEventListener("visibilitychange", look); // another tab may have sent it meanwhile
    return () => {
      window.removeEventListener("pageshow", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [renewIfEmpty]);

  return { id, renewIfSpent, renewIfEmpty };
}
