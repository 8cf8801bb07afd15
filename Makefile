# Helan: `make demo` shows a live province, `make test` passes every test.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PORT ?= 8120
SPEED ?= 1
REPLAY ?=
FROM ?=
TLS ?=
REGION ?= regions/ningxia
OSM ?=
VEHICLES ?=
SEED ?=
MINUTES ?= 10
DISK_SECONDS ?= 60

.PHONY: help demo cluster test build console lint bench faults mixed-day region screenshots screens prove fuzz deb clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: build ## Build everything and show a living province (PORT=8120 SPEED=1 VEHICLES=123 REPLAY=day.csv FROM=08:00 TLS=1)
	@HELAN_DEMO_TLS="$(TLS)" HELAN_REPLAY="$(REPLAY)" HELAN_REPLAY_FROM="$(FROM)" scripts/demo $(PORT) $(SPEED) $(VEHICLES)

cluster: build ## The same on three servers over PostgreSQL and Redis behind HAProxy (PORT SPEED VEHICLES)
	@scripts/cluster $(PORT) $(SPEED) $(VEHICLES)

test: ## Run every test, browser and all
	@scripts/test

build: console ## Build server, agent, simulations and console
	@cargo build --quiet --locked --workspace --bins

console: ## Build the console's files into map-ui/dist
	@scripts/toolchain
	@scripts/console

lint: ## Format and lint as `make test` does
	@cargo fmt --all --check
	@cargo clippy --locked --workspace --all-targets -- -D warnings

bench: ## Run the benchmarks of docs/benchmarks.md
	@cargo bench --locked --workspace

faults: build ## Break servers, database, Redis and links under the province, and check (SEED MINUTES VEHICLES DISK_SECONDS)
	@HELAN_FAULTS_MINUTES=$(MINUTES) HELAN_FAULTS_SEED=$(or $(SEED),$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')) $(if $(VEHICLES),HELAN_FAULTS_VEHICLES=$(VEHICLES)) \
	 cargo test --quiet --locked -p whole-system-tests --test faults nothing_acknowledged -- --nocapture
	@HELAN_DISK_FAULT_SECONDS=$(DISK_SECONDS) cargo test --quiet --locked -p dispatch-server --test disk a_server -- --nocapture
	@HELAN_DISK_FAULT_SECONDS=$(DISK_SECONDS) cargo test --quiet --locked -p vehicle-agent --test agent what_was_told -- --nocapture

region: ## Build the region's road network (OSM=file.osm.pbf; without it from roads.csv)
	@cargo build --quiet --locked --release -p road-network
	@if [ -n "$(OSM)" ]; then target/release/road-network import --osm "$(OSM)" --out $(REGION)/roads.network; \
	 else target/release/road-network compose --region $(REGION) --out $(REGION)/roads.network; fi

screenshots: build ## Take the README's screenshots from the running product
	@scripts/need /usr/bin/chromium=chromium /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc=fonts-noto-cjk
	@scripts/screenshots

screens: build ## Take pictures of every screen, both languages and usual sizes, into screens/
	@scripts/screens

mixed-day: build ## A day of both kinds of terminals at 60x, with cuts and kills, and check (SEED MINUTES JT808 AGENTS)
	@HELAN_FAULTS_SEED=$(or $(SEED),2026) HELAN_DAY_MINUTES=$(or $(MINUTES),24) HELAN_DAY_JT808=$(or $(JT808),80) HELAN_DAY_AGENTS=$(or $(AGENTS),43) \
	 cargo test --quiet --locked -p whole-system-tests --test faults a_mixed_day -- --nocapture

prove: ## Simulate a province on one thread under seeded faults (SEEDS=1000 SEED=1 HOURS=1 VEHICLES)
	@cargo run --quiet --locked --profile checked -p prove -- --seeds $(or $(SEEDS),1000) --seed $(or $(SEED),1) --hours $(or $(HOURS),1) $(if $(VEHICLES),--vehicles $(VEHICLES))

fuzz: ## Fuzz every decoder for a minute each (needs nightly and cargo-fuzz)
	@scripts/fuzz

deb: console ## Make Debian packages of server, agent and gateway in packages/
	@cargo build --quiet --locked --release -p dispatch-server -p vehicle-agent -p terminal-gateway -p vehicle-certificates
	@scripts/deb packages release

clean: ## Remove what was built and the demo's data
	@cargo clean
	@rm -rf cluster demo demo-region packages map-ui/dist map-ui/node_modules tests/browser/node_modules
