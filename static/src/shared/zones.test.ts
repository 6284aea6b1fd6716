import { describe, expect, it } from "vitest";

import { toMoment, toWall } from "./zones";

describe("wall clock and moment", () => {
  it("agree in a zone without daylight saving", () => {
    expect(toMoment("2026-11-21T10:32", "Asia/Shanghai")).toBe("2026-11-21T10:32:00+08:00");
    expect(toWall("2026-11-21T02:32:00Z", "Asia/Shanghai")).toBe("2026-11-21T10:32:00");
  });

  it("follow daylight saving", () => {
    expect(toMoment("2026-07-01T09:00", "America/New_York")).toBe("2026-07-01T09:00:00-04:00");
    expect(toMoment("2026-12-01T09:00", "America/New_York")).toBe("2026-12-01T09:00:00-05:00");
  });

  it("are each other's reverse", () => {
    for (const zone of ["Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/St_Johns"]) {
      for (const wall of ["2026-01-31T23:59:00", "2026-06-15T00:00:00", "2024-02-29T12:30:00"]) {
        expect(toWall(toMoment(wall, zone), zone)).toBe(wall);
      }
    }
  });
});
