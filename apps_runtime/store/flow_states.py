"""The run that holds a record, as JSON built by Postgres beside the record."""

from __future__ import annotations

from collections.abc import Mapping

from engines.sql import Sql, join, sql, value


def flow_state_json(labels: Mapping[str, str]) -> Sql:
    """For the row ``m``: its run with who is waited for, or NULL. ``labels`` are those of flows."""
    label = Sql("run.flow")
    if labels:
        arms = join(
            " ",
            (sql("WHEN {} THEN {}", value(key), value(text)) for key, text in labels.items()),
        )
        label = sql("CASE run.flow {} ELSE run.flow END", arms)
    return sql(
        "CASE WHEN m.flow_state IS NOT NULL THEN (SELECT json_build_object("
        "'run', run.id, 'flow', run.flow, 'label', {}, 'state', run.state,"
        " 'since', to_char(run.started_at AT TIME ZONE 'UTC',"
        ' \'YYYY-MM-DD"T"HH24:MI:SS"+00:00"\'),'
        " 'waiting_for', coalesce((SELECT json_agg(json_build_object("
        "'id', person.id, 'name', person.name) ORDER BY waiting.id)"
        " FROM mortise_assignment AS waiting JOIN mortise_person AS person"
        " ON person.id = waiting.person_id WHERE waiting.run_id = run.id"
        " AND waiting.state = 'open' AND waiting.kind <> 'copy'), '[]'::json))"
        " FROM mortise_flow_run AS run"
        " WHERE run.id = split_part(m.flow_state, ':', 2)::bigint) END",
        label,
    )
