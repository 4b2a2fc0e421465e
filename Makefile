# The commands of this project. `make demo` and `make test` are the first ones to run: each sets up
# what it needs.

SWIFT ?= swift
PREFIX ?= /usr/local
NACRE ?= .build/release/nacre

.PHONY: demo build debug test drivers fuzz races lists tck golden bench lint format install setup clean

demo: build
	@scripts/demo $(NACRE)

# On Linux one static file, see scripts/release.
build: setup
	@scripts/release nacre

debug: setup
	$(SWIFT) build

# make test [FILTER=REGEX]
test: setup
	@scripts/test

# Official Python drivers against the debug build, as `make test` runs them too.
drivers: debug
	@scripts/drivers

# make fuzz [TARGET=FuzzMessages|FuzzParser] [SECONDS=60] [CORPUS=DIR]
TARGET ?= FuzzMessages
SECONDS ?= 60
fuzz: setup
	cd Fuzz && $(SWIFT) build --sanitize=fuzzer --product $(TARGET)
	SWIFT_BACKTRACE=enable=no "$$(cd Fuzz && $(SWIFT) build --sanitize=fuzzer --show-bin-path)/$(TARGET)" \
	  -max_total_time=$(SECONDS) -max_len=4096 $(CORPUS)

# Tests of many sessions at once under the thread sanitizer.
races: setup
	@scripts/races

# Writes the checked-in lists of scenarios that do not pass yet anew.
lists: setup
	@NACRE_UPDATE_GOLDEN=1 FILTER='TCKTests|GoldenTests' scripts/test

# make tck [TCK=DIR] [ONLY=REGEX]: the openCypher scenarios, in release mode.
tck: setup
	@scripts/scenarios tck "$(TCK)" "$(ONLY)"

# make golden [GOLDEN=DIR] [ONLY=REGEX] [ADDRESS=bolt://HOST:PORT]: recorded answers of a real server,
# in release mode; with an address a server is judged, whose default database is emptied.
golden: setup
	@scripts/scenarios golden "$(GOLDEN)" "$(ONLY)" "$(ADDRESS)"

# make bench [SIZE=small|full] [PART=all|embedded|bolt]: ratios to other programs, all measured in this
# run.
SIZE ?= full
PART ?= all
bench: build
	@scripts/bench $(NACRE) $(SIZE) $(PART)

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

install: build
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(NACRE) $(DESTDIR)$(PREFIX)/bin/nacre

setup:
	@scripts/setup

clean:
	$(SWIFT) package clean
