// Keeps package-lock.json free of addresses: packages come from whatever registry npm is set up for.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(path, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  delete entry.funding;
  delete entry.deprecated;
}
const clean = JSON.stringify(lock, null, 2) + "\n";
if (process.argv.includes("--check")) {
  if (/:\/\//.test(readFileSync(path, "utf8"))) {
    console.error("package-lock.json contains addresses; run `npm run lock`.");
    process.exit(1);
  }
} else {
  writeFileSync(path, clean);
}
