import Form from "next/form";
import { Button } from "@/app/_components/button";
import { Field } from "@/app/_components/field";
import { Link } from "@/app/_components/link";
import { MomentField } from "@/app/_moments/moment-field";
import type { QuestionProblem } from "@/app/_moments/moment-problem";
import { spokenMoment } from "@/app/_moments/spoken-moment";
import { wallTimeAt, zoneNamed } from "@/app/_moments/zoned";
import type { Viewer } from "@/app/_server/viewer";
import { questionProblemText } from "@/app/_wording/moment-problem";
import { type AsOfParams, asOfHref } from "./as-of-params";
import { ZoneField } from "./zone-field";

type Props = {
  accountId: string;
  openedAt: Date;
  asked: AsOfParams;
  viewer: Viewer;
  at: Date | undefined;
  problem: QuestionProblem | undefined;
};

/** Two plain GET forms, one for the calendar, one for words; each carries the zone it is read in. */
export function AsOfForm({ accountId, openedAt, asked, viewer, at, problem }: Props) {
  const zone = zoneNamed(asked.zone ?? "") ?? viewer.zone;
  const calendar = asked.when === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(asked.when);
  const error = problem ? questionProblemText(problem) : undefined;
  return (
    <div className="sheet sheet-pad grid gap-5">
      <Form prefetch={false} action={`/accounts/${accountId}/as-of`} className="grid gap-3" aria-label="Pick a moment">
        <Field
          label="Date and time"
          name="when"
          id="when-calendar"
          type="datetime-local"
          step="0.001"
          min="1970-01-01T00:00"
          max="9999-12-31T23:59"
          required
          defaultValue={(calendar ? asked.when : undefined) ?? (at ? inputValue(at, zone) : "")}
          error={calendar ? error : undefined}
        />
        <ZoneField zone={zone} />
        <Button type="submit" variant="primary">
          Show this moment
        </Button>
      </Form>
      <Form
        prefetch={false}
        action={`/accounts/${accountId}/as-of`}
        className="grid gap-3 border-t border-rule pt-4"
        aria-label="Say a moment in words"
      >
        <MomentField
          label="Or in words"
          name="when"
          id="when-words"
          autoComplete="off"
          required
          placeholder="yesterday"
          defaultValue={calendar ? "" : asked.when}
          error={calendar ? undefined : error}
          hint={`3 March · yesterday 14:00 · last Friday · end of May · -7d. Read in ${zone}.`}
          zone={zone}
          opening={openedAt}
        />
        <input type="hidden" name="zone" value={zone} />
        <Button type="submit">Show</Button>
      </Form>
      {problem?.code === "twice" || problem?.code === "several" ? (
        <ul className="grid gap-1 text-sm" aria-label="Which of them?">
          {problem.readings.map((reading) => (
            <li key={reading.toISOString()}>
              <Link href={asOfHref(accountId, { t: reading })}>{spokenMoment(reading, problem.zone)}</Link>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function inputValue(at: Date, zone: string): string {
  const wall = wallTimeAt(at, zone);
  const pad = (n: number, width = 2) => String(n).padStart(width, "0");
  return `${pad(wall.year, 4)}-${pad(wall.month)}-${pad(wall.day)}T${pad(wall.hour)}:${pad(wall.minute)}:${pad(wall.second)}.${pad(wall.millisecond, 3)}`;
}
