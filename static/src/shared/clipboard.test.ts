// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";

import { copyText } from "./clipboard";

afterEach(() => vi.unstubAllGlobals());

test("without TLS what is copied is a selection, and the focus stays", async () => {
  const button = document.createElement("button");
  document.body.append(button);
  button.focus();
  const copied: string[] = [];
  vi.stubGlobal("isSecureContext", false);
  document.execCommand = (command: string) => {
    const area = document.activeElement as HTMLTextAreaElement;
    copied.push(command, area.value.slice(area.selectionStart, area.selectionEnd));
    return true;
  };
  await copyText("https://crm.example.com/f/x");
  expect(copied).toEqual(["copy", "https://crm.example.com/f/x"]);
  expect(document.activeElement).toBe(button);
  expect(document.querySelector("textarea")).toBeNull();
});

test("a browser that refuses is no silent success", async () => {
  vi.stubGlobal("isSecureContext", false);
  document.execCommand = () => false;
  await expect(copyText("x")).rejects.toThrow();
});
