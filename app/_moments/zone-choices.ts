const all = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Every zone the runtime knows, the current one included even if it goes by an older name. */
export const zoneChoices = (current: string): readonly string[] => (all.includes(current) ? all : [current, ...all]);
