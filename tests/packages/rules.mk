# Packages, each used as its user would: make test-packages ONLY=cmake
.PHONY: test-packages deb deb-check docker-check
test-packages: $(BUILD)/otel-tidy
	@MAKE='$(MAKE)' BUILD='$(abspath $(BUILD))' VERSION='$(VERSION)' sh tests/packages/run.sh $(ONLY)

## make deb          build/otel-tidy_VERSION_ARCH.deb; make deb-check installs it in a fresh Debian (root; slow)
deb: $(BUILD)/otel-tidy
	@sh packaging/deb/build.sh $(BUILD)/otel-tidy $(VERSION) $(BUILD)

deb-check: deb
	@sh packaging/deb/check.sh $(BUILD)/otel-tidy_$(VERSION)-1_$$(dpkg --print-architecture).deb $(BUILD)/deb-chroot

## make docker-check the image's steps, run in fresh Debians in a directory, without Docker (root; slow)
docker-check:
	@python3 packaging/docker/check.py --build $(BUILD)/docker-chroot
