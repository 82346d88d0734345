"""Mutants: rules bent or deleted one at a time, to see which of them no test defends. `make mutants`; docs/mutants.md."""
