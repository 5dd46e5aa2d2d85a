#!/usr/bin/env bash
# The register when programs are killed and disks are full; scripts/fault-test alone tries every call.
exec "${0%/*}/../../scripts/fault-test" --short register
