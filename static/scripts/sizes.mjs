// Prints the gzip size of the JavaScript each page loads at first and fails over budget.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const templates = fileURLToPath(new URL("../../templates/pages/", import.meta.url));
const KB = 1024;
// A page is its entry plus the lazy chunk of its route; `lazily` chunks come after the first paint.
const PAGES = [
  { page: "home", of: ["src/runtime/main.tsx", "src/runtime/pages/HomePage.tsx"], budget: 300 },
  { page: "list", of: ["src/runtime/main.tsx", "src/runtime/pages/ListPage.tsx"], budget: 380 },
  { page: "record", of: ["src/runtime/main.tsx", "src/runtime/pages/RecordPage.tsx"], budget: 380 },
  { page: "inbox", of: ["src/runtime/main.tsx", "src/runtime/pages/InboxPage.tsx"], budget: 380 },
  {
    page: "dashboard",
    of: ["src/runtime/main.tsx", "src/runtime/pages/DashboardPage.tsx"],
    budget: 300,
  },
  { page: "plotly (lazily)", of: ["src/shared/charts/plotly.ts"], budget: 420 },
  {
    page: "form designer",
    of: ["src/designer/main.tsx", "src/designer/form/FormScreen.tsx"],
    budget: 340,
  },
  {
    page: "flow designer",
    of: ["src/designer/main.tsx", "src/designer/flow/FlowScreen.tsx"],
    budget: 370,
  },
  {
    page: "dashboard designer",
    of: ["src/designer/main.tsx", "src/designer/dashboard/DashboardScreen.tsx"],
    budget: 370,
  },
];
// Pages of the server load no bundle: their little script stands in the HTML.
const SERVER_PAGES = [
  { page: "sign-in", file: "password.js", budget: 15 },
  { page: "public form", file: "public_form.js", budget: 15 },
  { page: "approval", file: "approval.js", budget: 15 },
];

if (!existsSync(dist + "manifest.json")) {
  console.error("static/dist/manifest.json is missing; run `npm run build` first.");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(dist + "manifest.json", "utf8"));
const gzip = new Map();

function size(file) {
  if (!gzip.has(file)) gzip.set(file, gzipSync(readFileSync(dist + file), { level: 9 }).length);
  return gzip.get(file);
}

function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

let over = false;

function report(page, bytes, budget) {
  const bad = bytes > budget * KB;
  over ||= bad;
  const figure = `${page.padEnd(20)} ${(bytes / KB).toFixed(1).padStart(7)} KB of ${budget} KB`;
  console.log(figure + (bad ? "  OVER BUDGET" : ""));
}

for (const { page, file, budget } of SERVER_PAGES) {
  if (existsSync(templates + file))
    report(page, gzipSync(readFileSync(templates + file), { level: 9 }).length, budget);
}
for (const { page, of, budget } of PAGES) {
  const missing = of.filter((key) => !manifest[key]);
  if (missing.length) {
    console.error(`${page.padEnd(20)} is not in the manifest: ${missing.join(", ")}`);
    over = true;
    continue;
  }
  const files = new Set(of.flatMap((key) => [...filesOf(key)]));
  const total = [...files]
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, f) => sum + size(f), 0);
  report(page, total, budget);
}
process.exit(over ? 1 : 0);
