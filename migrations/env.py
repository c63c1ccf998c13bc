"""Alembic's way in: the program hands over a connection that is inside the one transaction of all migrations."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
