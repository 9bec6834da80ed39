import { SelectField } from "@/app/_components/field";
import { zoneChoices } from "@/app/_moments/zone-choices";

const field = { label: "Zone", name: "zone", id: "zone-calendar" } as const;
const known = zoneChoices("UTC");
const markup = known.map((zone) => `<option>${zone}</option>`).join("");

/**
 * The zone that a moment is read in. More than 400 of them are one piece of markup, ready beforehand: as elements they took a third of the work
 * of the whole page. A zone that the runtime does not list, as one by an older name, is rendered with the others.
 */
export function ZoneField({ zone }: { zone: string }) {
  if (!known.includes(zone)) return <ListedZones zone={zone} />;
  const chosen = markup.replace(`<option>${zone}<`, `<option selected>${zone}<`);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the runtime's own names, and nothing that anybody typed
  return <SelectField {...field} dangerouslySetInnerHTML={{ __html: chosen }} />;
}

function ListedZones({ zone }: { zone: string }) {
  return (
    <SelectField {...field} defaultValue={zone}>
      {zoneChoices(zone).map((name) => (
        <option key={name}>{name}</option>
      ))}
    </SelectField>
  );
}
