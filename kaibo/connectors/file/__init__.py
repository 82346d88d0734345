"""Replays a recorded chat (CSV: t_s, viewer, text) at its true pace or faster."""
