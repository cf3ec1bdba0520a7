"""The options that every command takes alike: the workspace, JSON, the language, the name of who acts."""

from pathlib import Path
from typing import Annotated

import typer

HERE = Path(".touchstone")
"""The workspace where none is named."""
Folder = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", help="Folder that holds the workspace. 工作区所在文件夹。", metavar="DIR"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON。")]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        help="zh or en; that of the system if not given. 语言。",
        metavar="zh|en",
        show_default=False,
    ),
]
Console = Annotated[
    str | None,
    typer.Option(
        "--console",
        help="Address of a console, to which figures lead. 控制台地址，数字链接到其中的出处。",
        metavar="URL",
        show_default=False,
    ),
]
By = Annotated[str, typer.Option("--by", help="Your name. 姓名。", show_default=False)]
