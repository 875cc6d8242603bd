"""Executes a notebook in its own folder, as `jupyter nbconvert --execute` does: execute_notebook.py notebook executed.ipynb executed.html"""

import sys
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter


class PatientClient(NotebookClient):
    """Deno's kernel (2.9.6) at times says that it is idle before it sends the result, which the client then no longer waits for."""

    async def async_execute_cell(self, cell, cell_index, *args, **kwargs):
        cell = await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        while cell.cell_type == "code":
            try:
                message = await self.kc.get_iopub_msg(timeout=0.3)
            except Empty:
                return cell
            if message["msg_type"] in ("execute_result", "display_data", "stream"):
                self.process_message(message, cell, cell_index)
        return cell


source, executed, page = map(Path, sys.argv[1:4])
notebook = nbformat.read(source, as_version=4)
PatientClient(notebook, timeout=300, resources={"metadata": {"path": str(source.parent)}}).execute()
nbformat.write(notebook, executed)
body, _ = HTMLExporter(template_name="lab").from_notebook_node(notebook)
page.write_text(body, encoding="utf-8")
