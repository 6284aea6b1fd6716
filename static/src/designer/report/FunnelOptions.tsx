/** The steps of a funnel: values of a choice field, or conditions of their own. */
import { useId } from "react";

import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Select } from "@/shared/ui/Select";

import type { Json } from "../core/json";
import type { Option } from "../core/options";
import type { Report } from "../core/report";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { useFields } from "../parts/schema/context";
import { reworded, words } from "../session";
import { t } from "../texts";

interface Props {
  report: Report;
  onChange: (change: (report: Report) => Report, merge?: string) => void;
}

type Step = string | { label: unknown; when: string };

export function FunnelOptions({ report, onChange }: Props) {
  const id = useId();
  const choices = useFields(report.form).filter(({ field }) => field.type === "choice");
  const funnel = report.funnel ?? {};
  const steps = (funnel.steps ?? []) as unknown as Step[];
  const options = (choices.find(({ key }) => key === funnel.field)?.field.options ??
    []) as unknown as Option[];
  const put = (next: Partial<typeof funnel>, merge?: string) =>
    onChange((body) => ({ ...body, funnel: Object.assign({}, body.funnel, next) }), merge);
  const putSteps = (next: Step[], merge?: string) =>
    put({ steps: next as unknown as Json[] }, merge);
  const free = options.filter((option) => !steps.includes(option.value));
  return (
    <>
      <div className="control-group">
        <label htmlFor={`${id}-field`} className="control-label">
          {t("report.funnelField")}
        </label>
        <Select
          id={`${id}-field`}
          aria-label={t("report.funnelField")}
          value={funnel.field ?? null}
          options={choices.map((choice) => ({ value: choice.key, label: choice.label }))}
          onChange={(field) => {
            const chosen = choices.find(({ key }) => key === field);
            if (chosen)
              put({
                field: chosen.key,
                steps: ((chosen.field.options ?? []) as unknown as Option[]).map(
                  (option) => option.value,
                ),
              });
          }}
        />
      </div>
      <div className="control-group">
        <label htmlFor={`${id}-count`} className="control-label">
          {t("report.funnelCount")}
        </label>
        <Select
          id={`${id}-count`}
          aria-label={t("report.funnelCount")}
          value={funnel.count ?? "current"}
          options={[
            { value: "current", label: t("report.funnelCurrent") },
            { value: "reached", label: t("report.funnelReached") },
          ]}
          onChange={(count) => put({ count: count ?? "current" })}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("report.funnelSteps")}</span>
        {steps.map((step, index) => {
          const label =
            typeof step === "string"
              ? words(options.find((option) => option.value === step)?.label, step)
              : words(step.label);
          return (
            <div key={index} className="funnel-step">
              <div className="row shelf-row">
                <span className="action-number">{index + 1}</span>
                {typeof step === "string" ? (
                  <span className="grow ellipsis">{label}</span>
                ) : (
                  <Input
                    size="small"
                    aria-label={t("report.stepName")}
                    value={label}
                    onChange={(text) =>
                      putSteps(
                        steps.map((other, at) =>
                          at === index
                            ? { when: step.when, label: reworded(step.label, text || "-") }
                            : other,
                        ),
                        `step:${index}`,
                      )
                    }
                  />
                )}
                <IconButton
                  icon="arrow-up"
                  size="small"
                  label={`${t("d.moveUp")}: ${label}`}
                  disabled={index === 0}
                  onClick={() =>
                    putSteps([
                      ...steps.slice(0, index - 1),
                      step,
                      steps[index - 1] as Step,
                      ...steps.slice(index + 1),
                    ])
                  }
                />
                <IconButton
                  icon="close"
                  size="small"
                  label={`${t("common.remove")}: ${label}`}
                  disabled={steps.length < 2}
                  onClick={() => putSteps(steps.filter((_step, at) => at !== index))}
                />
              </div>
              {typeof step !== "string" && (
                <ConditionBuilder
                  label={`${label}: ${t("report.stepCondition")}`}
                  value={step.when}
                  onChange={(when) =>
                    when &&
                    putSteps(
                      steps.map((other, at) =>
                        at === index ? { label: step.label, when } : other,
                      ),
                      `step_when:${index}`,
                    )
                  }
                />
              )}
            </div>
          );
        })}
        <Menu
          items={[
            ...free.map((option) => ({
              key: option.value,
              label: words(option.label, option.value),
              run: () => putSteps([...steps, option.value]),
            })),
            ...(funnel.field
              ? [
                  {
                    key: "+condition",
                    label: t("report.stepCondition"),
                    run: () =>
                      putSteps([
                        ...steps,
                        {
                          label: t("report.stepName"),
                          when: `not ISEMPTY(${funnel.field ?? "id"})`,
                        },
                      ]),
                  },
                ]
              : []),
          ]}
        >
          <Button size="small" icon="add">
            {t("report.funnelAdd")}
          </Button>
        </Menu>
      </div>
    </>
  );
}
