# Two commands to know: `make run` and `make test`. The work is done by scripts/*.sh, which also run
# directly; ARGS="…" is handed on to the program at the end of the line.

ARGS ?=

help: ## This list
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target text; do printf '%-16s %s\n' "$$target" "$$text"; done

run: ## Install what is missing, build the release, serve it on http://127.0.0.1:3000
	@exec scripts/run.sh $(ARGS)

test: ## Everything: lints, tests, release build, browser tests
	@exec scripts/test.sh

watch: ## Develop: build, serve, and again after each change
	@exec scripts/watch.sh $(ARGS)

check: ## Format, lints of both builds, types of the browser tests
	@exec scripts/check.sh

unit: ## Tests that need no browser
	@exec scripts/unit.sh $(ARGS)

e2e: ## Browser tests against the release; screenshots go to end2end/screenshots
	@exec scripts/e2e.sh $(ARGS)

api: ## Ask the release's API whatever its own description allows and forbids
	@exec scripts/api.sh

bench: ## Measure functions, server and page
	@exec scripts/bench.sh $(ARGS)

release: ## Build the release (one file) and print the sizes
	@exec scripts/release.sh

soak: ## Kill the server 1,000 times at work, ask its API 20,000 times
	@exec scripts/soak.sh

setup: ## Only install what is missing
	@exec scripts/setup.sh

.PHONY: help run test watch check unit e2e api bench release soak setup
.DEFAULT_GOAL := help
