"""The CSV export."""

from quotes.export import to_csv


def test_rows_follow_the_header():
    assert to_csv([{"id": "a1", "cents": 5}]) == "id,cents\na1,5\n"


def test_a_cell_that_a_spreadsheet_would_execute_is_quoted():
    assert to_csv([{"id": "=1+1", "cents": 5}]) == "id,cents\n'=1+1,5\n"
