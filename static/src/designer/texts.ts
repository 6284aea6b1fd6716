/** The designer's `t`, from all its areas. */
import { makeT } from "@/shared/i18n";
import { common } from "@/shared/texts/common";
import { designer } from "@/shared/texts/designer";
import { designerFlow } from "@/shared/texts/designer_flow";
import { designerForm } from "@/shared/texts/designer_form";
import { designerReport } from "@/shared/texts/designer_report";
import { designerRole } from "@/shared/texts/designer_role";

export const t = makeT({
  common,
  d: designer,
  form: designerForm,
  flow: designerFlow,
  report: designerReport,
  role: designerRole,
});
