#!/usr/bin/env bash
# What the build says that it is made of: SPDX 2.3, by its rules, and true.
. "${0%/*}/tap.sh"
needs readelf ldd dpkg-query
version=$(table-render --version | cut -d' ' -f2)
library=build/lib/libtransition.so.$version
[[ -e $library ]] || library=
# shellcheck disable=SC2086,SC2046 # words
made() { SOURCE_DATE_EPOCH=1795000000 scripts/make-sbom "$version" $library $(for p in $PROGRAMS; do echo "$BIN/$p"; done); }
ok 'it is written' bash -c "$(declare -f made); version=$version library=$library BIN=$BIN PROGRAMS='$PROGRAMS'; made >$T/one"
made >"$T/two"
ok 'the same bytes each time' cmp "$T/one" "$T/two"
is 'it follows the rules of SPDX 2.3' "$(perl -MJSON::PP -0777 -e '
	my $d = decode_json(<>);
	my $id = qr/^SPDXRef-[A-Za-z0-9.-]+$/;
	sub want { my ($what, $has) = @_; print "$what\n" unless $has }
	want("version", $d->{spdxVersion} eq "SPDX-2.3");
	want("license of the document", $d->{dataLicense} eq "CC0-1.0");
	want("its id", $d->{SPDXID} eq "SPDXRef-DOCUMENT");
	want("a namespace that is a URI without #", $d->{documentNamespace} =~ /^urn:[^#\s]+$/);
	want("made when", $d->{creationInfo}{created} =~ /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	want("made by what", (grep { /^(Tool|Person|Organization): / } @{ $d->{creationInfo}{creators} }) == 1);
	my %known = (($d->{SPDXID}) x 2);
	for my $p (@{ $d->{packages} }) {
		want("an id of its own: $p->{name}", $p->{SPDXID} =~ $id && !$known{ $p->{SPDXID} }++);
		want("$_ of $p->{name}", defined $p->{$_}) for qw(name downloadLocation filesAnalyzed licenseConcluded licenseDeclared copyrightText);
		want("verification of $p->{name}", !$p->{filesAnalyzed} == !$p->{packageVerificationCode});
		for my $r (@{ $p->{externalRefs} // [] }) {
			want("a purl: $r->{referenceLocator}", $r->{referenceCategory} eq "PACKAGE-MANAGER" && $r->{referenceType} eq "purl" &&
				$r->{referenceLocator} =~ m{^pkg:deb/debian/[a-z0-9.+-]+@[^?\s:+]+\?arch=\w+$});
		}
	}
	for my $f (@{ $d->{files} }) {
		want("an id of its own: $f->{fileName}", $f->{SPDXID} =~ $id && !$known{ $f->{SPDXID} }++);
		want("SHA1 and SHA256 of $f->{fileName}", join(" ", sort map { "$_->{algorithm}" . length $_->{checksumValue} } @{ $f->{checksums} }) eq "SHA140 SHA25664");
	}
	for my $r (@{ $d->{relationships} }) {
		want("both ends of a relation", $known{ $r->{spdxElementId} } && $known{ $r->{relatedSpdxElement} });
		want("a kind of relation", $r->{relationshipType} =~ /^(DESCRIBES|CONTAINS|DYNAMIC_LINK)$/);
	}
	want("DESCRIBES", grep { $_->{relationshipType} eq "DESCRIBES" } @{ $d->{relationships} });
' "$T/one")" ''
lacking=
for program in $PROGRAMS; do
	for needed in $(readelf -dW "$BIN/$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		grep -qF "$needed SHA256 " "$T/one" || lacking+=" $needed"
	done
	grep -qF "$(sha256sum "$BIN/$program" | cut -d' ' -f1)" "$T/one" || lacking+=" $program"
done
is 'every program, and every library that one names, is in it' "$lacking" ''
is 'with the version that is installed' "$(perl -MJSON::PP -0777 -e '
	for (@{ decode_json(<>)->{packages} }) { print "$_->{name} $_->{versionInfo}\n" if $_->{supplier} =~ /Debian/ }' "$T/one" | grep -E '^lib(csv3|jansson4|sodium23|seccomp2) ')" \
	"$(dpkg-query -W -f '${binary:Package} ${Version}\n' libcsv3 libjansson4 libseccomp2 libsodium23 2>/dev/null | sed 's/:[a-z0-9]* / /')"
finish
