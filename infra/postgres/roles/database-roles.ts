/**
 * The database logins of the application, by what they do. `reader`: pages and checks. `writer`: the executor, which alone appends.
 * `projector`: read models and snapshots. `sealer`: seals and what was verified. `identity`: logins, sessions, people, the security log.
 */
export const databaseRoles = ["reader", "writer", "projector", "sealer", "identity"] as const;

export type DatabaseRole = (typeof databaseRoles)[number];

/** The variable that holds the URL of each role's login. The reader's is also where the others are found that have none of their own. */
export const roleVariables = {
  reader: "DATABASE_APP_URL",
  writer: "DATABASE_WRITER_URL",
  projector: "DATABASE_PROJECTOR_URL",
  sealer: "DATABASE_SEALER_URL",
  identity: "DATABASE_IDENTITY_URL",
} as const satisfies Record<DatabaseRole, string>;

/** How each role signs in. Every role has a login of its own: a role taken on by SET ROLE could be put off again. */
export type RoleUrls = Readonly<Record<DatabaseRole, string>>;

/** One value for each role. */
export function byRole<T>(make: (role: DatabaseRole) => T): Record<DatabaseRole, T> {
  return Object.fromEntries(databaseRoles.map((role) => [role, make(role)])) as Record<DatabaseRole, T>;
}

/** Every role signs in as the same login: the owner while it fills a demo book, or a benchmark. */
export function oneLogin(url: string): RoleUrls {
  return byRole(() => url);
}
