"""Why a whole file cannot be read: a code word of the catalogue in `sentences.py`, and the words that fill its sentence.

Plain Python without any other import: the child process that reads files knows this and nothing of the house.
"""


class FileRefused(Exception):  # noqa: N818 -- a refusal is an answer to the clerk, not a fault of the program
    """A file that is not read at all; nothing of it was kept. `code` names the sentence, `words` fill it."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
