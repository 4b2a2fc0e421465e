# The commands of this project. `make demo` and `make test` are the first ones to run: each sets up
# what it needs.

SWIFT ?= swift
PREFIX ?= /usr/local
NACRE ?= .build/release/nacre

UNAME := $(shell uname -s)
ifeq ($(UNAME),Linux)
# One file that runs on any distribution: libraries, Swift runtime and Foundation are linked in.
STATIC = --product nacre --static-swift-stdlib -Xlinker -static-executable
endif

.PHONY: demo build debug test tck golden bench lint format install setup clean

demo: build
	@scripts/demo $(NACRE)

build: setup
	$(SWIFT) build -c release $(STATIC)

debug: setup
	$(SWIFT) build

test: setup
	$(SWIFT) build
	$(SWIFT) test --skip-build 2>/dev/null || $(SWIFT) test

# make tck [TCK=DIR] [ONLY=REGEX]: the openCypher scenarios, in release mode.
tck: setup
	@scripts/tck

# make golden [GOLDEN=DIR] [ONLY=REGEX]: recorded answers of a real server, in release mode.
golden: setup
	@scripts/golden

bench: build
	@scripts/bench

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Benchmarks Package.swift

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(NACRE) $(DESTDIR)$(PREFIX)/bin/nacre

setup:
	@scripts/setup

clean:
	$(SWIFT) package clean
