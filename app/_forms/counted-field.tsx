"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { countCharacters } from "@/domain/text/plain-text";
import { Field } from "../_components/field";

type Props = Omit<ComponentProps<typeof Field>, "hint" | "maxLength" | "onInput"> & {
  /** In characters, as the rule counts them. */
  lengthMax: number;
  /** Said beside the count. */
  hint?: ReactNode;
};

/**
 * A text field that counts what is typed by the bank's own rule. A browser's `maxlength` would count other units, and cut
 * what is pasted without a word.
 */
export function CountedField({ lengthMax, hint, ...field }: Props) {
  const [text, setText] = useState<string>();
  return (
    <Field
      {...field}
      onInput={(event) => setText(event.currentTarget.value)}
      hint={
        <>
          {text ? <Count of={countCharacters(text, lengthMax)} lengthMax={lengthMax} /> : `Up to ${lengthMax} characters.`} {hint}
        </>
      }
    />
  );
}

function Count({ of, lengthMax }: { of: number | null; lengthMax: number }) {
  if (of !== null && of <= lengthMax) return `${of} of ${lengthMax} characters.`;
  return (
    <strong role="status" className="text-debit">
      {of === null ? `Far more than ${lengthMax} characters.` : `${of} of ${lengthMax} characters: ${of - lengthMax} too many.`}
    </strong>
  );
}
