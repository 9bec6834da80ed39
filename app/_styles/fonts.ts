import localFont from "next/font/local";

// The `geist` package's own modules declare four faces of the serif and preload them all.
// These are the three files that pages draw with.

const sans = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2",
  variable: "--font-geist-sans",
  weight: "100 900",
});

const serif = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-serif/GeistSerif-Regular.woff2",
  variable: "--font-geist-serif-regular",
  weight: "400",
  fallback: ["Times New Roman", "Times", "serif"],
  adjustFontFallback: "Times New Roman",
});

// Not every page shows it, so it is not preloaded. Its fallbacks are as wide, so nothing moves.
const mono = localFont({
  src: "../../node_modules/geist/dist/fonts/geist-mono/GeistMono-Regular.woff2",
  variable: "--font-geist-mono",
  weight: "400",
  preload: false,
  adjustFontFallback: false,
  fallback: ["ui-monospace", "SFMono-Regular", "Menlo", "Liberation Mono", "DejaVu Sans Mono", "monospace"],
});

/** The class names that define the font variables of `tokens.css`. */
export const fontVariables = `${sans.variable} ${serif.variable} ${mono.variable}`;
