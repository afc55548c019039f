from __future__ import annotations

from geoevents import errors


def test_every_error_is_ours_and_a_built_in_one() -> None:
    for name in errors.__all__:
        error = getattr(errors, name)
        assert issubclass(error, errors.GeoeventsError)
        if error is not errors.GeoeventsError:
            assert issubclass(error, ValueError | FileNotFoundError | ConnectionError)


def test_the_message_begins_with_file_and_line() -> None:
    error = errors.GazetteerError("kind 'vilage' is unknown", path="data/g.csv", line=12)
    assert str(error) == "data/g.csv:12: kind 'vilage' is unknown"
    assert (str(error.path), error.line) == ("data/g.csv", 12)
