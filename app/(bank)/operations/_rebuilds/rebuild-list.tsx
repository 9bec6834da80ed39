import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_components/button";
import { UnreadableText } from "@/app/_components/unreadable-row";
import { isLeft, type ReadModel, type RebuildWish } from "@/app/_server/rebuilds";
import { RebuildBadge } from "./rebuild-badge";
import { RebuildOutcome } from "./rebuild-outcome";
import { RebuildProgress } from "./rebuild-progress";

/** Every read model, how it was last made anew, and what may be asked for now. Each wish is explained on a page of its own before it is done. */
export function RebuildList({ models, zone, notice }: { models: readonly ReadModel[]; zone: string; notice: ReactNode }) {
  return (
    <section aria-label="Rebuilds" id="rebuilds" className="mt-8">
      <h2 className="mb-2">Rebuilds</h2>
      <p className="mb-2 measure">
        A read model can be made anew from the first event, beside the one that screens read. They are compared, then change
        places; the one before is kept for a way back.
      </p>
      {notice}
      <ul className="sheet rebuilds">
        {models.map((model) => (
          <RebuildItem key={model.name} model={model} zone={zone} />
        ))}
      </ul>
    </section>
  );
}

function RebuildItem({ model, zone }: { model: ReadModel; zone: string }) {
  const { name, last, spoilt } = model;
  return (
    <li className="rebuild">
      <div className="rebuild-head">
        <h3 className="mono">{name}</h3>
        {spoilt ? null : <RebuildBadge last={last} />}
      </div>
      <div className="rebuild-body">
        {last?.phase ? <RebuildProgress name={name} last={last} phase={last.phase} zone={zone} /> : null}
        {last?.phase || spoilt ? null : <RebuildOutcome last={last} zone={zone} />}
        {spoilt ? <UnreadableText row={spoilt} name="Its last rebuild" /> : null}
      </div>
      <div className="actions rebuild-actions">
        {model.wishes.map((wish) => (
          <ButtonLink
            key={wish}
            small
            href={`/operations/${name}/${wish}`}
            variant={wish === "accept" ? "primary" : "plain"}
            aria-label={`${offered(wish, model)} ${name}`}
          >
            {offered(wish, model)}
          </ButtonLink>
        ))}
      </div>
    </li>
  );
}

function offered(wish: RebuildWish, { last }: ReadModel): string {
  if (wish === "accept") return "Accept…";
  if (wish === "cancel") return "Cancel…";
  if (wish === "roll-back") return "Roll back…";
  if (last?.phase) return "Change the pace…";
  return isLeft(last) ? "Go on…" : "Rebuild beside…";
}
