# What one does with a clone of onestep. Only Go, git and make are needed to
# start with; what else the tests need is fetched from the system's packages.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# How long one package's tests may take before they count as hung.
TIMEOUT ?= 12m
# How many packages are tested at once. Many tests wait for processes, platforms and
# clocks more than they work, so two are too few for two processors.
ATONCE ?= $(shell n=$$(nproc); echo $$((n < 3 ? 3 : n)))
# How long `make fuzz` tries each fuzz target.
FUZZTIME ?= 10s
# How long `make torture` does harm, and what decides it; empty: another each time.
MINUTES ?= 30
SEED ?=

.PHONY: help
help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

.PHONY: build
build: ## build ./onestep, one static file
	CGO_ENABLED=0 go build -trimpath -o onestep .

.PHONY: demo
demo: ## show four weeks of a made-up patient, in this terminal
	go run . demo

.PHONY: test
test: needs format vet ## everything: format, vet, the tests with the race detector on a real Redis, the script transcripts
	go test -race -p $(ATONCE) -timeout $(TIMEOUT) ./...
	go run . lint dialogs/checkins
	go run . test dialogs/testdata $(wildcard dialogs/checkins/testdata)

.PHONY: format
format: ## fail when a Go file is not formatted
	@unformatted=$$(gofmt -l .); \
	if [ -n "$$unformatted" ]; then \
		echo "These files are not formatted; run: gofmt -w ." $$unformatted >&2; exit 1; \
	fi

.PHONY: vet
vet: ## look for suspicious Go
	go vet ./...

.PHONY: fuzz
fuzz: ## run each fuzz target for a short while (FUZZTIME=10s)
	@go list ./... | while read -r package; do \
		for target in $$(go test -list '^Fuzz' "$$package" | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package"; \
		done; \
	done

.PHONY: torture
torture: needs ## kill and mislead the real program for MINUTES=30 and prove that nothing is lost, doubled, unordered, late or too often (SEED=...)
	go build -o onestep-torture ./torture
	exec ./onestep-torture -minutes $(MINUTES) $(if $(SEED),-seed $(SEED))

.PHONY: torture-proof
torture-proof: needs ## break the program in each way that torture knows, and see that each shows
	go build -o onestep-torture ./torture
	for way in $$(./onestep-torture -ways); do ./onestep-torture -minutes 1.5 -broken $$way; done

.PHONY: needs
needs: ## get what the tests need and this machine lacks: redis-server and a C compiler
	@.ci/needs redis-server redis-server
	@.ci/needs gcc gcc libc6-dev
