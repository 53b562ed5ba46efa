import pytest

from wuyou.platform.imports.book import open_book
from wuyou.platform.imports.textfile import separator_of


def rows_of(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with open_book(path) as book:
        return [(row.number, list(row.cells)) for row in book.rows(book.sheets[0])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_letters_are_told(tmp_path, encoding):
    data = "姓名,电话\r\n张䶮,19900000001\r\n".encode(encoding)
    assert rows_of(tmp_path, data) == [(1, ["姓名", "电话"]), (2, ["张䶮", "19900000001"])]


def test_row_number_is_the_number_of_the_record(tmp_path):
    data = '姓名,需求\n张三,"1.就学\n2.就医"\n\n李四,无\n'.encode()
    assert rows_of(tmp_path, data) == [(1, ["姓名", "需求"]), (2, ["张三", "1.就学\n2.就医"]), (4, ["李四", "无"])]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，"])
def test_separator_is_told(separator):
    assert separator_of(separator.join("甲乙丙") + "\n" + separator.join("123") + "\n") == separator


def test_separator_in_quotes_does_not_count():
    assert separator_of('姓名;住址\n张三;"甲,乙,丙"\n李四;"丁,戊,己"\n') == ";"


def test_line_by_which_excel_tells_the_separator_is_no_row(tmp_path):
    assert rows_of(tmp_path, b"sep=;\na;b\n1;2\n") == [(2, ["a", "b"]), (3, ["1", "2"])]


def test_apostrophe_of_a_safe_export_is_taken_off(tmp_path):
    assert rows_of(tmp_path, "甲,'=1+1\n乙,'不动\n".encode()) == [(1, ["甲", "=1+1"]), (2, ["乙", "'不动"])]
