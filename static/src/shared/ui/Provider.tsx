/** Ant Design set up once: theme, language, CSP nonce, our style layer above its own. */
import { StyleProvider } from "@ant-design/cssinjs";
import { ConfigProvider } from "antd";
import en from "antd/es/locale/en_US";
import zh from "antd/es/locale/zh_CN";
import type { ReactNode } from "react";

import { bootstrap } from "../bootstrap";
import { language } from "../i18n";
import { themeConfig, useTheme } from "../theme";
import { Empty } from "./Empty";

export function UiProvider({ children }: { children: ReactNode }) {
  const theme = useTheme();
  return (
    <StyleProvider layer>
      <ConfigProvider
        theme={themeConfig(theme)}
        locale={language === "en" ? en : zh}
        csp={bootstrap.nonce ? { nonce: bootstrap.nonce } : undefined}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        renderEmpty={() => <Empty small />}
        select={{ showSearch: { optionFilterProp: "label" } }}
      >
        {children}
      </ConfigProvider>
    </StyleProvider>
  );
}
