"""The QR code of a public form, read back by another library as a phone would."""

from __future__ import annotations

import re

import numpy
import pytest
import zxingcpp
from django.test import Client

from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)
STROKE = re.compile(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?")
DOT = 6  # pixels


def found_in(text: str, pattern: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, text[:300]
    return match[1]


def drawn(picture: bytes) -> numpy.ndarray:
    """The picture in pixels: a light ground, and dark strokes one unit high."""
    text = picture.decode()
    side = int(found_in(text, r'<svg [^>]*width="(\d+)"')) // 8
    units = numpy.full((side, side), 255, numpy.uint8)
    strokes = found_in(text, r'<path [^>]*\bstroke="#000"[^>]* d="([^"]+)"')
    x = y = 0.0
    for letter, first, second in STROKE.findall(strokes):
        if letter == "M":
            x, y = float(first), float(second)
        elif letter == "m":
            x, y = x + float(first), y + float(second)
        else:
            units[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
    return numpy.kron(units, numpy.ones((DOT, DOT), numpy.uint8))


def test_the_code_leads_to_the_form() -> None:
    root = persons.signed_in(persons.administrator())
    app = make.application(root, key="fair")
    make.saved(root, app, make.form("visitor", public={"fields": ["name"]}))
    address = f"/api/apps/{app}/forms/visitor/public-link"
    assert root.get(f"{address}/code.svg").status_code == 404
    assert make.publish(root, app).status_code == 200
    link = root.get(address).json()["url"]

    answer = root.get(f"{address}/code.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    read = zxingcpp.read_barcodes(drawn(answer.content))
    assert [each.text for each in read] == [f"http://testserver{link}"]
    assert read[0].ec_level == "Q"

    # A closed form keeps its address, and what is printed stays right; strangers get no picture.
    assert root.delete(address).status_code == 204
    assert root.get(f"{address}/code.svg").content == answer.content
    assert Client().get(f"{address}/code.svg").status_code == 401
    plain = persons.signed_in(persons.person("li", name="李"))
    assert plain.get(f"{address}/code.svg").status_code == 404
