"""A show's log as Parquet files, and SQL over them."""
