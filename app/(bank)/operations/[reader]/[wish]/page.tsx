import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Link } from "@/app/_components/link";
import { PageHead } from "@/app/_components/page-head";
import { formKey } from "@/app/_server/form-key";
import { bookHead, requireOperator } from "@/app/_server/operations";
import { isLeft, type ReadModel, type RebuildWish, readModels, rebuildOffer, rebuildWishes } from "@/app/_server/rebuilds";
import { Differences } from "../../_rebuilds/differences";
import { WishForm } from "./wish-form";
import { wishWords } from "./wish-words";

type Params = { params: Promise<{ reader: string; wish: string }> };

const titles: Record<RebuildWish, string> = {
  rebuild: "Rebuild",
  accept: "Accept",
  cancel: "Cancel",
  "roll-back": "Roll back",
};

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { reader, wish } = await params;
  return { title: `${rebuildWishes.find((known) => known === wish) ? titles[wish as RebuildWish] : "Operations"} ${reader}` };
}

/** What a wish for a read model will do, before it is asked for. */
export default async function WishPage({ params }: Params) {
  const viewer = await requireOperator();
  const { reader, wish: name } = await params;
  const [models, head] = await Promise.all([readModels(), bookHead()]);
  const model = models.find((candidate) => candidate.name === reader);
  const wish = rebuildWishes.find((known) => known === name);
  if (!model || !wish) notFound();
  if (!model.wishes.includes(wish)) redirect("/operations#rebuilds"); // something changed since it was offered
  const words = wishWords(wish, model, head);
  return (
    <div className="mx-auto max-w-[36rem]">
      <PageHead crumb={<Link href="/operations#rebuilds">Operations</Link>} title={words.title} lede={<Model model={model} />} />
      <div className="sheet form-sheet">
        {wish === "accept" && model.last ? (
          <div>
            <h2 className="mb-2">What differs</h2>
            <Differences last={model.last} />
          </div>
        ) : null}
        <div>
          <h2 className="mb-2">What will happen</h2>
          <ol className="steps">
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        <WishForm
          name={model.name}
          formKey={formKey(viewer, `operations/${model.name}/${wish}`)}
          wish={wish}
          offer={rebuildOffer(model.last)}
          words={words}
          fields={fieldsOf(wish, model)}
          pace={model.last?.phase ? model.last.eventsPerSecondMax : null}
          seenAt={wish === "accept" || wish === "roll-back" ? model.last?.updatedAt.toISOString() : undefined}
        />
      </div>
    </div>
  );
}

function Model({ model: { name, revision } }: { model: ReadModel }) {
  return (
    <>
      <span className="mono">{name}</span>, revision {revision}
    </>
  );
}

/** The workers of a rebuild that goes on stay as they are. */
function fieldsOf(wish: RebuildWish, { last }: ReadModel): { workers: boolean; pace: boolean } {
  return { workers: wish === "rebuild" && !last?.phase && !isLeft(last), pace: wish === "rebuild" };
}
