package dev.millrace.plugin.lib.prometheus.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RelabelingTest {
    /* Labels as "name=value, name=value"; the result of a drop is null. */
    private record Case(String behaviour, String before, String after, RelabelConfig... rules) {
        @Override
        public String toString() {
            return behaviour;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                // replace
                new Case(
                        "replace takes what a group matched",
                        "a=foo,b=bar",
                        "a=foo,b=bar,d=ob-bo",
                        rule("source_labels=a,b", "regex=f(.*);(.*)r", "target_label=d", "replacement=${1}b"),
                        rule("source_labels=d", "regex=oob", "target_label=d", "replacement=ob-bo")),
                new Case(
                        "replace copies by default", "a=foo", "a=foo,b=foo", rule("source_labels=a", "target_label=b")),
                new Case(
                        "a missing label is empty",
                        "a=foo",
                        "a=foo,b=;foo;",
                        rule("source_labels=x,a,y", "target_label=b")),
                new Case(
                        "another separator",
                        "a=1,b=2",
                        "a=1,b=2,c=1--2",
                        rule("source_labels=a,b", "separator=--", "target_label=c")),
                new Case(
                        "no match changes nothing",
                        "a=foo,b=old",
                        "a=foo,b=old",
                        rule("source_labels=a", "regex=fo", "target_label=b", "replacement=new")),
                new Case(
                        "the regex is anchored at both ends",
                        "a=xfoo,b=foox",
                        "a=xfoo,b=foox",
                        rule("source_labels=a", "regex=foo", "target_label=c", "replacement=1"),
                        rule("source_labels=b", "regex=foo", "target_label=c", "replacement=1")),
                new Case(
                        "alternatives are anchored as one",
                        "a=foox",
                        "a=foox",
                        rule("source_labels=a", "regex=foo|bar", "target_label=b", "replacement=1")),
                new Case(
                        "a dot matches a newline",
                        "a=x\ny",
                        "a=x\ny,b=x\ny",
                        rule("source_labels=a", "target_label=b")),
                new Case(
                        "a dollar is no place before a last newline",
                        "a=foo\n",
                        "a=foo\n",
                        rule("source_labels=a", "regex=foo", "target_label=b", "replacement=1")),
                new Case(
                        "an empty result removes the target",
                        "a=foo,b=old",
                        "a=foo",
                        rule("source_labels=a", "regex=foo", "target_label=b", "replacement=")),
                new Case(
                        "an empty group removes the target",
                        "a=foo,b=old",
                        "a=foo",
                        rule("source_labels=a", "regex=foo(.*)", "target_label=b")),
                new Case(
                        "a constant is set where the source is empty",
                        "a=1",
                        "a=1,b=x",
                        rule("source_labels=none", "target_label=b", "replacement=x")),
                new Case(
                        "a constant is set without a source",
                        "a=1",
                        "a=1,b=x",
                        rule("target_label=b", "replacement=x")),
                new Case(
                        "an empty constant removes the target",
                        "a=1,b=x",
                        "a=1",
                        rule("target_label=b", "replacement=")),
                new Case(
                        "an empty source removes the copy",
                        "a=1,b=x",
                        "a=1",
                        rule("source_labels=none", "target_label=b")),
                new Case(
                        "the target's name comes from a group",
                        "a=some-name-value",
                        "a=some-name-value,name=value",
                        rule("source_labels=a", "regex=some-([^-]+)-([^,]+)", "target_label=${1}", "replacement=${2}")),
                new Case(
                        "an empty target name changes nothing",
                        "a=some-1",
                        "a=some-1",
                        rule("source_labels=a", "regex=some-([0-9]*)", "target_label=${3}", "replacement=x")),
                new Case(
                        "any UTF-8 is a label name",
                        "a=b-c",
                        "a=b-c,b-c.ü=1",
                        rule("source_labels=a", "regex=(.*)", "target_label=${1}.ü", "replacement=1")),
                new Case(
                        "$1x is a group of that name, which there is not",
                        "a=foo,b=old",
                        "a=foo",
                        rule("source_labels=a", "target_label=b", "replacement=$1x")),
                new Case(
                        "${1}x is the first group and an x",
                        "a=foo", "a=foo,b=foox", rule("source_labels=a", "target_label=b", "replacement=${1}x")),
                new Case(
                        "$$ is a dollar",
                        "a=foo",
                        "a=foo,b=$1foo$",
                        rule("source_labels=a", "target_label=b", "replacement=$$1${1}$$")),
                new Case(
                        "a dollar before anything else is a dollar",
                        "a=foo",
                        "a=foo,b=$-${1$",
                        rule("source_labels=a", "target_label=b", "replacement=$-${1$")),
                new Case(
                        "an unknown group is empty",
                        "a=foo",
                        "a=foo,b=[]",
                        rule("source_labels=a", "target_label=b", "replacement=[$2$none${9}]")),
                new Case(
                        "$0 is the whole match",
                        "a=foo",
                        "a=foo,b=foo",
                        rule("source_labels=a", "target_label=b", "replacement=$0")),
                new Case(
                        "a leading zero makes a name",
                        "a=foo",
                        "a=foo,b=[]",
                        rule("source_labels=a", "target_label=b", "replacement=[${01}]")),
                new Case(
                        "a named group",
                        "a=host:80",
                        "a=host:80,b=80 of host",
                        rule(
                                "source_labels=a",
                                "regex=(?P<host>[^:]+):(?P<port_1>\\d+)",
                                "target_label=b",
                                "replacement=$port_1 of ${host}")),
                new Case(
                        "a group that took no part is empty",
                        "a=x",
                        "a=x,b=[]x",
                        rule("source_labels=a", "regex=(y)?(x)", "target_label=b", "replacement=[$1]$2")),
                new Case(
                        "an expression that backtracks without end elsewhere",
                        "a=" + "x".repeat(5000),
                        "a=" + "x".repeat(5000),
                        rule("source_labels=a", "regex=(x+x+)+y", "target_label=b", "replacement=1")),
                // keep and drop
                new Case("keep what matches", "a=foo", "a=foo", rule("action=keep", "source_labels=a", "regex=f..")),
                new Case(
                        "drop what keep does not match",
                        "a=foo",
                        null,
                        rule("action=keep", "source_labels=a", "regex=f.")),
                new Case("drop what matches", "a=foo", null, rule("action=drop", "source_labels=a", "regex=f.*")),
                new Case(
                        "keep what drop does not match",
                        "a=foo",
                        "a=foo",
                        rule("action=drop", "source_labels=a", "regex=o")),
                new Case(
                        "a drop ends the rules",
                        "a=foo",
                        null,
                        rule("action=drop", "source_labels=a", "regex=foo"),
                        rule("target_label=b", "replacement=1")),
                new Case("drop by a missing label", "a=foo", null, rule("action=drop", "source_labels=x", "regex=")),
                new Case(
                        "rules see what rules before them did",
                        "a=foo",
                        null,
                        rule("target_label=b", "replacement=1"),
                        rule("action=drop", "source_labels=b", "regex=1")),
                new Case(
                        "keep sees several labels joined",
                        "a=x,b=y",
                        "a=x,b=y",
                        rule("action=keep", "source_labels=a,b", "regex=x;y")),
                // keepequal and dropequal
                new Case(
                        "keepequal keeps equals",
                        "__tmp_port=1234,__port1=1234",
                        "__tmp_port=1234,__port1=1234",
                        rule("action=keepequal", "source_labels=__tmp_port", "target_label=__port1")),
                new Case(
                        "keepequal drops others",
                        "__tmp_port=1234,__port1=5678",
                        null,
                        rule("action=keepequal", "source_labels=__tmp_port", "target_label=__port1")),
                new Case(
                        "dropequal drops equals",
                        "__tmp_port=1234,__port1=1234",
                        null,
                        rule("action=dropequal", "source_labels=__tmp_port", "target_label=__port1")),
                new Case(
                        "dropequal keeps others",
                        "__tmp_port=1234,__port1=5678",
                        "__tmp_port=1234,__port1=5678",
                        rule("action=dropequal", "source_labels=__tmp_port", "target_label=__port1")),
                new Case(
                        "two missing labels are equal",
                        "a=1",
                        null,
                        rule("action=dropequal", "source_labels=x", "target_label=y")),
                // hashmod
                new Case(
                        "hashmod",
                        "c=baz",
                        "c=baz,d=976",
                        rule("action=hashmod", "source_labels=c", "target_label=d", "modulus=1000")),
                new Case(
                        "hashmod of a newline",
                        "a=foo\nbar",
                        "a=foo\nbar,d=734",
                        rule("action=hashmod", "source_labels=a", "target_label=d", "modulus=1000")),
                new Case(
                        "hashmod of a large modulus is unsigned",
                        "c=baz",
                        "c=baz,d=" + unsignedHash("baz", Long.MAX_VALUE),
                        rule("action=hashmod", "source_labels=c", "target_label=d", "modulus=" + Long.MAX_VALUE)),
                new Case(
                        "hashmod of a missing label",
                        "c=baz",
                        "c=baz,d=" + unsignedHash("", 8),
                        rule("action=hashmod", "source_labels=x", "target_label=d", "modulus=8")),
                // labelmap
                new Case(
                        "labelmap copies",
                        "__meta_a=1,__meta_b_c=2,d=3",
                        "__meta_a=1,__meta_b_c=2,a=1,b_c=2,d=3",
                        rule("action=labelmap", "regex=__meta_(.+)")),
                new Case(
                        "labelmap to another name",
                        "foo=1,bar=2",
                        "foo=1,bar=2,x_foo=1",
                        rule("action=labelmap", "regex=(f.*)", "replacement=x_$1")),
                new Case(
                        "labelmap sees the labels as they were",
                        "a=1,ab=2,abb=3",
                        "a=1,ab=1,abb=2,abbb=3",
                        rule("action=labelmap", "regex=(a.*)", "replacement=${1}b")),
                new Case(
                        "labelmap to an empty name changes nothing",
                        "a=1",
                        "a=1",
                        rule("action=labelmap", "regex=(a)(.*)", "replacement=$2")),
                new Case("labelmap has to match the whole name", "xa=1", "xa=1", rule("action=labelmap", "regex=(a)")),
                // labeldrop and labelkeep
                new Case("labeldrop", "a=1,bx=2,by=3", "a=1", rule("action=labeldrop", "regex=b.*")),
                new Case(
                        "labeldrop has to match the whole name",
                        "a=1,xb=2",
                        "a=1,xb=2",
                        rule("action=labeldrop", "regex=b")),
                new Case("labelkeep", "a=1,bx=2,by=3", "bx=2,by=3", rule("action=labelkeep", "regex=b.*")),
                new Case(
                        "labelkeep can remove the metric's name",
                        "__name__=up,b=3",
                        "b=3",
                        rule("action=labelkeep", "regex=b")),
                new Case("no labels are not dropped", "a=1", "", rule("action=labeldrop", "regex=.*")),
                // lowercase and uppercase
                new Case(
                        "lowercase",
                        "a=Foo-BÄR",
                        "a=Foo-BÄR,b=foo-bär",
                        rule("action=lowercase", "source_labels=a", "target_label=b")),
                new Case(
                        "uppercase",
                        "a=Foo-bär",
                        "a=Foo-bär,b=FOO-BÄR",
                        rule("action=uppercase", "source_labels=a", "target_label=b")),
                new Case(
                        "one letter stays one letter",
                        "a=straße ŉ",
                        "a=straße ŉ,b=STRAßE ŉ",
                        rule("action=uppercase", "source_labels=a", "target_label=b")),
                new Case(
                        "İ becomes a plain i",
                        "a=İ",
                        "a=İ,b=i",
                        rule("action=lowercase", "source_labels=a", "target_label=b")),
                new Case(
                        "a final sigma is like any other",
                        "a=ΟΔΟΣ",
                        "a=ΟΔΟΣ,b=οδοσ",
                        rule("action=lowercase", "source_labels=a", "target_label=b")),
                new Case(
                        "case of letters beyond the basic plane",
                        "a=𐐀",
                        "a=𐐀,b=𐐨",
                        rule("action=lowercase", "source_labels=a", "target_label=b")),
                new Case(
                        "lowercase of nothing removes the target",
                        "b=x",
                        "",
                        rule("action=lowercase", "source_labels=a", "target_label=b")),
                new Case(
                        "lowercase joins",
                        "a=A,b=B",
                        "a=A,b=B,c=a;b",
                        rule("action=lowercase", "source_labels=a,b", "target_label=c")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void relabels(Case c) {
        Labels result = Relabeling.of(List.of(c.rules())).apply(labels(c.before()));

        assertThat(result).isEqualTo(c.after() == null ? null : labels(c.after()));
    }

    @Test
    void leavesLabelsAloneWithoutRules() {
        Labels labels = Labels.of("a", "1");

        assertThat(Relabeling.of(List.of())).isSameAs(Relabeling.NONE);
        assertThat(Relabeling.NONE.apply(labels)).isSameAs(labels);
    }

    private static Labels labels(String text) {
        if (text.isEmpty()) {
            return Labels.EMPTY;
        }
        return Labels.of(Stream.of(text.split(","))
                .flatMap(label -> Stream.of(label.split("=", 2)))
                .toArray(String[]::new));
    }

    private static RelabelConfig rule(String... options) {
        return RelabelRules.rule(options);
    }

    private static String unsignedHash(String text, long modulus) {
        return new BigInteger(1, Arrays.copyOfRange(RelabelRules.md5(text), 8, 16))
                .mod(BigInteger.valueOf(modulus))
                .toString();
    }
}
