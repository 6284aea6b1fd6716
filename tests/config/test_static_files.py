"""What the server answers for the front end's files, also while a build replaces them."""

from pathlib import Path

from django.http import HttpResponse
from django.test import RequestFactory

from config.static_files import StaticFiles


def test_a_file_that_has_gone_since_the_start_is_missing(tmp_path: Path) -> None:
    built = tmp_path / "main-abc12345.js"
    built.write_text("export {}")
    server = StaticFiles(lambda request: HttpResponse("elsewhere"))
    server.autorefresh = False
    server.add_files(str(tmp_path), prefix="static/")
    ask = RequestFactory().get("/static/main-abc12345.js")
    assert server(ask).status_code == 200
    built.unlink()
    assert server(ask).status_code == 404
