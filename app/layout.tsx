import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { parseTheme, themeCookie } from "./_components/theme";
import { currentViewer } from "./_server/viewer";
import { fontVariables } from "./_styles/fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Daybook", template: "%s · Daybook" },
  description: "A bank whose only truth is an append-only book of events.",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#e6ede0" },
    { media: "(prefers-color-scheme: dark)", color: "#0a110e" },
  ],
};

/** Every page is one person's and carries a nonce, so nothing is prerendered. The theme is known before the first byte: no flash, no script. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  // An outage is told by the error page below this layout, which must stand itself.
  const viewer = await currentViewer().catch(() => null);
  const theme = viewer?.theme ?? parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme} className={fontVariables}>
      <body>
        <a href="#main" className="skip-link">
          Skip to content
        </a>
        {children}
      </body>
    </html>
  );
}
