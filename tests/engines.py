"""`@both_engines` above a test that takes `database` or `house`: once over SQLite, once over PostgreSQL."""

import pytest

both_engines = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
