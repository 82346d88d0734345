"""開播 Kaibo: the control room for a live-commerce team."""

__version__ = "0.1.0"
