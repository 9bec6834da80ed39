export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** The cookie that carries the chosen theme, so that the server renders it at once, signed in or not. */
export const themeCookie = "daybook-theme";

/** Anything unknown follows the system. */
export const parseTheme = (text: string | undefined): Theme => themes.find((theme) => theme === text) ?? "system";
