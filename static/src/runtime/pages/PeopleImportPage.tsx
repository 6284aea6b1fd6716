/** Importing people, with their departments and superiors. */
import { queryClient } from "@/shared/queries";
import { t } from "@/shared/texts/import";

import { Wizard } from "../import/Wizard";
import { useTitle } from "../title";

export default function PeopleImportPage() {
  useTitle(t("wizard.peopleTitle"));
  const field = (key: string, label: string, required = false) => ({ key, label, required });
  return (
    <Wizard
      target={{
        title: t("wizard.peopleTitle"),
        path: "/api/people/import",
        fields: [
          field("name", t("wizard.name"), true),
          field("username", t("wizard.username")),
          field("email", t("wizard.email")),
          field("department", t("wizard.department")),
          field("superior", t("wizard.superior")),
        ],
        app: null,
        people: true,
        back: "/people",
        done: () => void queryClient.invalidateQueries({ queryKey: ["people"] }),
      }}
    />
  );
}
