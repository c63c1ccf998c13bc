"""The page on which the clinic's owner makes and changes forms."""

from reception.ui.panels.editor.panel import EditorPage

__all__ = ["EditorPage"]
