"""The inbox: what clients handed in on their own screen, looked over one by one."""

from reception.ui.panels.inbox.panel import InboxPage

__all__ = ["InboxPage"]
