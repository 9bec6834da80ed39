"use client";

import { Unexpected } from "./_components/unexpected";

export default function RootError(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main id="main" className="page">
      <Unexpected {...props} />
    </main>
  );
}
