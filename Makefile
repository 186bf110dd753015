# The two commands are `make run` and `make test`; `make help` lists the rest.
SHELL := bash
python := .venv/bin/python

.PHONY: help run dev demo test lint format shots bench docs migration locks clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

run:  ## install what is missing, load the demo week on first run, serve
	@scripts/setup run
	@exec $(python) -m app.cli start

dev:  ## the same in development: /-/patterns, and a restart at each change
	@scripts/setup test
	@MINGDAN_DEVELOPMENT=1 exec $(python) -m app.cli start

demo:  ## throw the demo's data away and load it again (var/ only)
	@scripts/setup run
	@$(python) -m app.cli demo --again

test:  ## install what is missing for the tests, and run all of them
	@scripts/setup test
	@scripts/check

lint:  ## lint and types, quickly
	@.venv/bin/ruff check . && .venv/bin/mypy

format:  ## sort imports and lay the code out
	@.venv/bin/ruff check --fix-only . && .venv/bin/ruff format .

shots:  ## a picture of every page and paper into shots/, light and dark
	@scripts/setup test
	@$(python) -m tests.journeys.shots

bench:  ## measure against a bare route of the same stack
	@scripts/setup test
	@$(python) -m bench

docs:  ## write the generated pages of docs/ again
	@$(python) -m scripts.write_docs

migration:  ## write the first migration again from the classes, while nobody has data to keep
	@$(python) -m scripts.first_migration

locks:  ## compile requirements/*.lock from *.in
	@scripts/locks

clean:  ## remove what the set-up installed; var/ stays
	rm -rf .venv node_modules .setup app/static/vendor
