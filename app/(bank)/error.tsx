"use client";

import { Unexpected } from "@/app/_components/unexpected";

export default function BankError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return <Unexpected {...props} />;
}
