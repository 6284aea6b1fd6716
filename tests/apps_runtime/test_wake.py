"""A transaction wakes a worker once, however much it leaves to do, and only when it is kept."""

from collections.abc import Iterator
from unittest.mock import Mock, patch

import pytest
from django.db import transaction

from apps_runtime import wake

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent() -> Iterator[Mock]:
    with patch.object(wake, "now") as now:
        yield now


def test_once_for_many_records(sent: Mock) -> None:
    with transaction.atomic():
        for _ in range(200):
            wake.after_commit("mortise.dispatch")
            with transaction.atomic():
                wake.after_commit("mortise.dispatch")
        wake.after_commit("mortise.work")
        assert not sent.called
    assert [call.args for call in sent.call_args_list] == [("mortise.dispatch",), ("mortise.work",)]


def test_a_wake_up_of_a_block_that_was_undone_stands_for_no_other(sent: Mock) -> None:
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            wake.after_commit()
            raise RuntimeError
        with transaction.atomic():
            wake.after_commit()
        assert not sent.called
    assert sent.call_count == 1


def test_nothing_was_written_nobody_is_woken(sent: Mock) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        wake.after_commit()
        raise RuntimeError
    assert not sent.called
