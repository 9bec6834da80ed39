import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/**
 * Opens a session for a login whose right to it was established elsewhere: it has just registered, or it is a demo person.
 * Server only: better-auth mounts no route for it, and Daybook mounts none of better-auth's.
 */
export const signInAs = () =>
  ({
    id: "sign-in-as",
    endpoints: {
      signInAs: createAuthEndpoint(
        "/sign-in-as",
        { method: "POST", body: z.strictObject({ userId: z.string() }), metadata: { scope: "server" } },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const user = await internalAdapter.findUserById(ctx.body.userId);
          if (!user) throw new Error("no such login");
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ userId: user.id });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
