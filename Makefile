.PHONY: demo test check fix bench screens lock clean help
.DEFAULT_GOAL := help
RUN = .venv/bin/

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: ## Make the environment, fill the demonstration city and start it
	@sh tools/environment.sh requirements.lock
	@$(RUN)wuyou up --demo --data wuyou-data

test: ## Run every test, on SQLite and on PostgreSQL
	@sh tools/environment.sh requirements-dev.lock
	@$(RUN)python tools/test.py

check: ## Lint, types, import contract, templates, migrations complete
	@sh tools/environment.sh requirements-dev.lock
	@sh tools/check.sh

fix: ## Format and mend what can be mended by itself
	@sh tools/environment.sh requirements-dev.lock
	@$(RUN)ruff format -q . && $(RUN)ruff check -q --fix . ; $(RUN)djlint wuyou --reformat --quiet || true

bench: ## Measure the work of the README's table and print it
	@sh tools/environment.sh requirements-dev.lock
	@$(RUN)python tools/bench.py

screens: ## Take screenshots of every page into screenshots/
	@sh tools/environment.sh requirements-dev.lock
	@$(RUN)python tools/screens.py

lock: ## Write the lock files anew
	@sh tools/environment.sh requirements-dev.lock
	@PATH="$(CURDIR)/.venv/bin:$$PATH" sh tools/lock.sh

clean: ## Remove the environment and the demonstration data
	rm -rf .venv wuyou-data
