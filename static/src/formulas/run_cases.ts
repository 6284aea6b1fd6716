/** Evaluates cases from standard input for the server's tests: one JSON array in, one out. */
import { evaluate } from "./evaluate.ts";
import type { Env, Tree } from "./evaluate.ts";
import { FUNCTIONS } from "./functions/index.ts";

const chunks: string[] = [];
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => chunks.push(String(chunk)));
process.stdin.on("end", () => {
  const cases = JSON.parse(chunks.join("")) as { tree: Tree; env: Env }[];
  const results = cases.map(({ tree, env }) => evaluate(tree, env));
  process.stdout.write(JSON.stringify({ results, functions: [...FUNCTIONS.keys()] }));
});
