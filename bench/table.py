"""The report of a run: rows of value, yardstick, ratio and target, printed as they come."""

from pathlib import Path

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"


class Table:
    """The rows of the report."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str, str]] = []

    def add(
        self, key: str, what: str, value: str, ratio: float, target: str, *, holds: bool
    ) -> None:
        self.rows.append((key, what, value, f"{ratio:.3g}", target, "yes" if holds else "NO"))
        print(
            f"{key:4} {what:62} {value:34} {ratio:8.3g}  {target:12} {'yes' if holds else 'NO'}",
            flush=True,
        )

    def beside(self, key: str, what: str, value: float, yardstick: float, target: str) -> None:
        """Add a row; the target is ``<= n`` or ``>= n``, or empty where none is set."""
        ratio = value / yardstick
        word, _space, limit = target.partition(" ")
        holds = not target or (ratio <= float(limit) if word == "<=" else ratio >= float(limit))
        said = f"{value:,.2f} / {yardstick:,.2f}"
        self.add(key, what, said, ratio, target or "—", holds=holds)

    def as_markdown(self) -> str:
        head = "| | what | measured | ratio | target | met |\n|---|---|---|---|---|---|\n"
        return head + "".join(f"| {' | '.join(row)} |\n" for row in self.rows)

    def write(self, said: str) -> None:
        """Put the table between the marks in bench/README.md, under what is ``said`` of the run."""
        before, rest = README.read_text(encoding="utf-8").split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        text = f"{before}{BEGIN}{said}\n\n{self.as_markdown()}{END}{after}"
        README.write_text(text, encoding="utf-8")
