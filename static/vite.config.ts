// Builds the runtime and the designer as two entries that share their chunks.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const entries = ["src/runtime/main.tsx", "src/designer/main.tsx"].filter((path) =>
  existsSync(here(path)),
);

export default defineConfig({
  base: "/static/dist/",
  plugins: [react()],
  resolve: { alias: { "@": here("src") } },
  define: { global: "globalThis" },
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 1600,
    // Preloading by <link> is done by the manifest; the polyfill would be an inline script.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: entries },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // Files share a worker: loading the modules takes longer than the tests.
    isolate: false,
  },
});
