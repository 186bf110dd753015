"""What Alembic runs: over the connection `upgrade` and `downgrade` hand in."""

from alembic import context

import app.models  # noqa: F401  (maps every class)
from app.models.base import Base
from app.models.migrations.env_options import OPTIONS

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata, **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
