import type { Figure } from "../figure";
import { type Bar, barChart } from "./bar-chart";
import { type Curve, lineChart } from "./line-chart";

/** By name of file: what a benchmark's figures look like. */
export type Plots = Readonly<Record<string, string>>;

type Drawn = Figure & { value: number };
type Along = "clients" | "rows";

const peers = /(^|\.)(raw|pg|read|emmett|evtstore|castore|select|bare|file|health)(\.|$)/;

export function plotsOf(name: string, figures: readonly Figure[]): Plots {
  const drawn = figures.filter((figure): figure is Drawn => figure.value !== null && figure.value > 0);
  const plan = plans[name];
  return plan ? Object.fromEntries(Object.entries(plan(drawn)).filter(([, picture]) => picture !== "")) : {};
}

const plans: Readonly<Record<string, (figures: readonly Drawn[]) => Plots>> = {
  commands: (figures) => ({
    commands: curves(
      "Commands by clients, durable",
      "clients",
      "commands/s",
      of(figures, /^commands\.(raw|pg|many|hot|\w+\.many)$/),
    ),
    "commands-hot": curves(
      "Commands on one stream, by clients",
      "clients",
      "commands/s",
      of(figures, /^commands\.(hot|\w+\.hot)$/),
    ),
  }),
  load: (figures) => ({ load: bars("Loads of an account of 10,000 events", "loads/s", figures) }),
  "catch-up": (figures) => ({ "catch-up": bars("Readers from the first event to the end", "events/s", figures) }),
  rebuild: (figures) => ({ rebuild: bars("Read models made anew, compared and swapped in", "events/s", figures) }),
  "commands-lengths": (figures) => ({
    "commands-lengths": lengthsOf(figures),
  }),
  "commands-without": (figures) => ({
    "commands-without": bars("Commands without a part, 64 clients", "commands/s", of(figures, /^commands\.(whole|without\..+)$/)),
  }),
  http: (figures) => ({
    http: bars(
      "Through HTTP, 50 clients",
      "requests/s",
      figures.filter(({ clients }) => clients > 1),
    ),
  }),
  growth: (figures) => ({ growth: growthOf(figures) }),
  lag: (figures) => ({ lag: bars("From the answer to the balance view, p99", "ms", byP99(figures)) }),
  "as-of": (figures) => ({
    "as-of": bars(
      "As of any moment among 10 million events: p99, 1 client",
      "ms",
      byP99(figures.filter(({ clients }) => clients === 1)),
    ),
  }),
};

/** One curve for each store: commands/s over the events that the stream held already, an empty one drawn at 1. */
const lengthsOf = (figures: readonly Drawn[]) =>
  curves(
    "Commands on one stream by what it holds already, 16 clients",
    "rows",
    "commands/s",
    figures.map((figure) => ({ ...figure, name: figure.name.replace(/\.from-\d+$/, ""), rows: Math.max(1, figure.rows) })),
  );

/** What one of each costs, over the events in the book: a level curve is what was hoped for. */
const growthOf = (figures: readonly Drawn[]) =>
  curves(
    "What one costs as the log grows",
    "rows",
    "ms",
    figures.map((figure) => ({ ...figure, name: figure.name.replace(/\.\d+$/, ""), value: 1_000 / figure.value })),
  );

const of = (figures: readonly Drawn[], names: RegExp) => figures.filter(({ name }) => names.test(name));

const byP99 = (figures: readonly Drawn[]): Drawn[] =>
  figures.map((figure) => ({ ...figure, value: figure.p99Ms ?? figure.value }));

const labelOf = ({ name }: Figure) => name.slice(name.indexOf(".") + 1);

function bars(title: string, unit: string, figures: readonly Drawn[]): string {
  const all = figures.map((figure): Bar => ({ label: labelOf(figure), value: figure.value, own: !peers.test(labelOf(figure)) }));
  return all.length > 0 ? barChart(title, unit, all) : "";
}

const coloured = ["many", "hot", "raw", "pg", "emmett", "evtstore", "castore"]; // the same in every picture

/** One of the eight colours: by what is drawn, where it comes up in several pictures, else in order. */
function colourOf(label: string, i: number): number {
  const known = coloured.indexOf(label.split(".")[0] ?? "");
  return known < 0 ? i % 8 : known;
}

function curves(title: string, along: Along, unit: string, figures: readonly Drawn[]): string {
  const byLabel = new Map<string, Omit<Curve, "colour">>();
  for (const figure of figures) {
    const label = labelOf(figure);
    const before = byLabel.get(label) ?? { label, points: [], own: !peers.test(label) };
    byLabel.set(label, { ...before, points: [...before.points, { x: figure[along], y: figure.value }] });
  }
  const all = [...byLabel.values()].map((curve, i) => ({ ...curve, colour: colourOf(curve.label, i) }));
  return all.length > 0 ? lineChart(title, { x: along === "rows" ? "events" : along, y: unit }, all) : "";
}
