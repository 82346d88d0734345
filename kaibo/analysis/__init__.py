"""Figures over many events: a show's log as Parquet, SQL over it, and the same figures computed in one pass."""
