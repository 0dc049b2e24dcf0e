"""A report as a list of blocks, written as Markdown and as one HTML file with its figures inside."""

import base64
import html
import io
from dataclasses import dataclass, field
from pathlib import Path

STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem;color:#1d2733}
table{border-collapse:collapse;margin:.5rem 0 1rem;font-size:13px}td,th{border:1px solid #cdd5de;padding:.25rem .5rem;text-align:right}
td:first-child,th:first-child{text-align:left}th{background:#eef2f6}figure{margin:1rem 0}img{max-width:100%}
figcaption,.note{color:#52606d;font-size:13px}.banner{background:#fff4d6;border:1px solid #e0b84c;padding:.5rem 1rem}"""


@dataclass
class Document:
    title: str
    banner: str
    data: str  # what every caption says the numbers come from
    blocks: list[tuple] = field(default_factory=list)

    def heading(self, text: str, level: int = 2) -> None:
        self.blocks.append(("heading", text, level))

    def text(self, text: str) -> None:
        self.blocks.append(("text", text))

    def table(self, columns: list[str], rows: list[list[str]], note: str) -> None:
        """Every table says how it was made: form, seeds, cohort."""
        self.blocks.append(("table", columns, rows, note))

    def figure(self, name: str, figure, caption: str) -> None:
        """A matplotlib figure; it is closed here."""
        import matplotlib.pyplot as plt

        data = io.BytesIO()
        figure.savefig(data, dpi=110, format="png", bbox_inches="tight")
        plt.close(figure)
        self.blocks.append(("figure", name, data.getvalue(), f"{caption}; {self.data}"))

    def write(self, folder: Path) -> None:
        """report.md with its figures beside it, and report.html with them inside."""
        folder.mkdir(parents=True, exist_ok=True)
        for block in self.blocks:
            if block[0] == "figure":
                (folder / f"{block[1]}.png").write_bytes(block[2])
        (folder / "report.md").write_text(self.markdown(), encoding="utf-8")
        (folder / "report.html").write_text(self.html(), encoding="utf-8")

    def markdown(self) -> str:
        lines = [f"# {self.title}", "", f"**{self.banner}**", ""]
        for kind, *rest in self.blocks:
            if kind == "heading":
                lines += ["#" * rest[1] + " " + rest[0], ""]
            elif kind == "text":
                lines += [rest[0], ""]
            elif kind == "table":
                columns, rows, note = rest
                lines += ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
                lines += ["| " + " | ".join(_cell(c) for c in row) + " |" for row in rows] + ["", f"*{note}*", ""]
            else:
                lines += [f"![{rest[2]}]({rest[0]}.png)", "", f"*{rest[2]}*", ""]
        return "\n".join(lines)

    def html(self) -> str:
        parts = [
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(self.title)}</title><style>{STYLE}</style>',
            f'<h1>{html.escape(self.title)}</h1><p class="banner"><strong>{html.escape(self.banner)}</strong></p>',
        ]
        for kind, *rest in self.blocks:
            if kind == "heading":
                parts.append(f"<h{rest[1]}>{html.escape(rest[0])}</h{rest[1]}>")
            elif kind == "text":
                parts.append(f"<p>{html.escape(rest[0])}</p>")
            elif kind == "table":
                columns, rows, note = rest
                head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
                body = "".join("<tr>" + "".join(f"<td>{html.escape(_cell(c))}</td>" for c in row) + "</tr>" for row in rows)
                parts.append(f'<table><tr>{head}</tr>{body}</table><p class="note">{html.escape(note)}</p>')
            else:
                picture = base64.b64encode(rest[1]).decode()
                caption = html.escape(rest[2])
                parts.append(f'<figure><img alt="{caption}" src="data:image/png;base64,{picture}"><figcaption>{caption}</figcaption></figure>')
        return "\n".join(parts) + "\n</html>\n"


def _cell(value) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
