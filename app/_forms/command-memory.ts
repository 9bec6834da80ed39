const prefix = "daybook:command:";

/** Keeps the id of a command that is under way, for this tab, until its answer is known. */
export function rememberCommand(formKey: string, commandId: string): void {
  attempt(() => sessionStorage.setItem(prefix + formKey, commandId));
}

export function rememberedCommand(formKey: string): string | null {
  return attempt(() => sessionStorage.getItem(prefix + formKey)) ?? null;
}

export function forgetCommand(formKey: string): void {
  attempt(() => sessionStorage.removeItem(prefix + formKey));
}

/** The answer of this command has arrived: no form goes on with its id. */
export function forgetAnswered(commandId: string): void {
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix) && sessionStorage.getItem(key) === commandId) sessionStorage.removeItem(key);
    }
  });
}

// Storage may be switched off; the hidden field still carries the id.
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
