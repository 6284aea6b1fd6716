"""Ends a run: the record is free again, and who started it is told how it ended."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps_runtime.effects import Asked, EffectKind, Situation
from engines.actions.effect import Effect

TOLD = ("agreed", "refused", "cancelled")
# Nobody is told of what he has done himself: the last who agreed or refused, or who ended it.
TELL = """
INSERT INTO mortise_notification (person_id, app, form, record, text, params, key)
SELECT r.starter_id, r.app, r.form, r.record,
       CASE WHEN outcome = 'refused' AND last.opinion <> '' THEN 'run_refused_because'
            ELSE 'run_' || outcome END,
       jsonb_build_object('flow', r.flow, 'run', r.id, 'opinion', last.opinion,
                          'person', CASE WHEN outcome = 'cancelled' THEN ended.person
                                         ELSE last.decided_by_id END),
       'finish:' || r.id
FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS ended (run, outcome, person)
JOIN mortise_flow_run AS r ON r.id = ended.run
LEFT JOIN LATERAL (
  SELECT a.decided_by_id, a.opinion FROM mortise_assignment AS a
  WHERE a.run_id = r.id
    AND a.decision = CASE outcome WHEN 'agreed' THEN 'agree' WHEN 'refused' THEN 'refuse' END
  ORDER BY a.decided_at DESC, a.id DESC LIMIT 1
) AS last ON TRUE
WHERE r.starter_id IS DISTINCT FROM CASE WHEN outcome = 'cancelled' THEN ended.person
                                         ELSE last.decided_by_id END
  AND r.starter_id IS NOT NULL
ON CONFLICT (key) DO NOTHING
"""


class Finish(EffectKind):
    """The run's own row is written by the run; the outcome goes into the log."""

    key = "finish"

    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        self.perform_all([(effect, situation)])
        return {"outcome": effect.payload["outcome"]}

    def perform_all(self, asked: Sequence[Asked]) -> None:
        ended = [
            (situation.run, str(effect.payload["outcome"]), situation.person)
            for effect, situation in asked
            if effect.payload["outcome"] in TOLD
        ]
        if ended:
            with connection.cursor() as cursor:
                cursor.execute(TELL, [list(column) for column in zip(*ended, strict=True)])
