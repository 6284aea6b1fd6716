// Rules that prevent bugs; formatting is prettier's.
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/definitions"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "react-hooks": hooks },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // An async event handler is usual in React; its errors go to `attempt`.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      // `"table" | string` tells the reader the usual values of an open set.
      "@typescript-eslint/no-redundant-type-constituents": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["antd", "antd/*"], message: "Only shared/ui imports Ant Design." },
            { group: ["@ant-design/icons*"], message: "Icons come from shared/icons." },
          ],
        },
      ],
    },
  },
  { files: ["src/shared/ui/**", "src/shared/theme.ts"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
);
