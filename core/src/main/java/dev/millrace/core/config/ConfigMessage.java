package dev.millrace.core.config;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** All that can be said of configuration files, but for what options of plugins say of their own values. */
public enum ConfigMessage implements Message {
    // The file
    FILE_MISSING("no such file", "create it, or correct the path"),
    FILE_TOO_LARGE("the file has more than 4 MiB", "expected: at most that"),
    FILE_NOT_REGULAR("not a file", "expected: a file"),
    FILE_UNREADABLE("cannot be read: {reason}"),
    FILE_NOT_UTF_8("a byte that is not UTF-8", "expected: UTF-8"),
    FILE_NOT_A_MAPPING("{kind}", "expected: a mapping of keys"),

    // YAML
    CONTROL_CHARACTER("a control character, which YAML does not allow", "write it as an escape in double quotes"),
    ESCAPE_WITHOUT_CHARACTER("an escape that stands for no character", "expected: at most \\U0010FFFF"),
    SYNTAX("{problem}"),
    SYNTAX_WITHIN("{problem} ({context} that begins at {place})"),
    TOO_MANY_VALUES("more than {most} values, aliases counted", "expected: at most that"),
    TAG("tag {tag}", "expected: no tag"),
    ALIAS_CYCLE("an alias inside of what it stands for", "expected: no cycle"),
    DUPLICATE_KEY("duplicate key {key}; the first one is at {place}", "keep one of them"),
    KEY_NOT_A_TEXT("a key that is not a text", "expected: a text"),
    MERGE_OF_OTHERS("'<<' merges {kind}", "expected: a mapping or a list of them"),

    // ${env:…} and ${file:…}
    REFERENCE_NOT_CLOSED("{reference} is not closed", "expected: a '}' at its end"),
    VARIABLE_MALFORMED("{reference}", "expected: ${env:NAME} or ${env:NAME:-default}"),
    VARIABLE_NOT_SET("environment variable {name} is not set", "set it, or write ${env:{name}:-default}"),
    REFERRED_PATH_MALFORMED("{reference}", "expected: the path of a file"),
    REFERRED_FILE_MISSING("{file}: no such file", "create it, or correct the path"),
    REFERRED_FILE_NOT_REGULAR("{file}: not a file", "expected: the path of a file"),
    REFERRED_FILE_TOO_LARGE("{file}: more than 1 MiB", "expected: at most that"),
    REFERRED_FILE_NOT_UTF_8("{file}: not UTF-8", "expected: UTF-8"),
    REFERRED_FILE_UNREADABLE("{file}: cannot be read: {reason}"),

    // Keys and values
    UNKNOWN_KEY("unknown key {key}", "{remedy}"),
    MISSING_KEY("missing required key '{key}'"),
    SAME_OPTION_TWICE("'{key}' and '{other}' are the same option", "keep one of them"),
    WRONG_KIND("{kind}", "expected: {type}"),
    VALUE_REFUSED("{value}", "expected: {type}"),
    UNKNOWN_CHOICE("{value}", "{remedy}"),
    NO_UNIT("{value} has no unit", "expected: {one} or {other}"),
    OPTION_REFUSED("{reason}"),
    OPTION_AT_FAULT("{reason}"),

    // Components
    MISSING_SECTION("missing required key '{section}'", "expected: at least one {component}"),
    EMPTY_SECTION("no entry", "expected: at least one {component}"),
    WRONG_SECTION("{type} is {kind}", "it belongs under '{section}'"),
    SECOND_AGGREGATOR("a second aggregator", "expected: at most one"),
    SECOND_OF_ONE_TYPE(
            "a second '{type}' beside {first} at {place}",
            "name each, such as 'Type: {type}/one' and 'Type: {type}/two'"),
    SECOND_OF_ONE_NAME("a second '{id}' beside {first} at {place}", "give one another name"),
    TYPE_MALFORMED("{type}", "expected: type or type/name"),
    NAME_MALFORMED("name {name}", "expected: " + TypeNames.NAME_EXPECTED),
    UNKNOWN_TYPE("unknown type {type}", "{remedy}"),
    PLUGIN_NOT_USABLE("plugin {type} cannot be used: {reason}"),
    PLUGIN_OPTIONS_NOT_USABLE("plugin '{type}' cannot be used, its options are at fault: {reason}"),
    PLUGIN_FAILED("the plugin failed in {options}: {thrown}"),

    // References between components
    REFERENCE_TO_OTHER_KIND("{id} is {kind}", "expected: {expected}"),
    NOT_DECLARED("no extension '{id}' is declared", "{remedy}"),
    AMBIGUOUS_TYPE("'{type}' may be {ids}", "give each a name, and write the name"),
    AMBIGUOUS_NAME("'{type}' may be {ids}", "write the one that is meant"),
    OPTIONS_OF_DECLARED("options beside a reference to the declared extension {id}", "move them to {path} at {place}"),
    OPTIONS_IN_TWO_PLACES("options beside 'Type' and under 'Options'", "expected: in one place"),
    OPTIONS_OF_OTHER_KIND("{kind} under 'Options'", "expected: a mapping"),
    SECOND_INLINE("a second '{type}' in one option", "declare each with a name under 'extensions'"),
    NO_PLUGIN_OF_KEY("no plugin {plugin} is installed, which {key} takes", "{remedy}"),
    NESTED_TOO_DEEP("components nested more than {most} deep", "expected: at most that"),
    CIRCLE("references in a circle: {ids}", "remove one of them"),

    // Pipelines and their folder
    FOLDER_MISSING("no such folder", "there is no pipeline"),
    FOLDER_NOT_A_FOLDER("not a folder", "expected: a folder"),
    FOLDER_UNREADABLE("cannot be read: {reason}"),
    PIPELINE_TWICE("the pipeline '{name}' is in {file} already", "rename or delete one of the files"),
    PIPELINE_NAME("the file's name is the pipeline's (expected: " + TypeNames.NAME_EXPECTED + ")", "rename the file"),

    // What works otherwise than one might think
    IGNORED("has no effect: {reason}"),
    STRUCTURE_TYPE("has no effect: all plugins share one data model"),
    QUEUE_CAPACITY("has no effect: the journal takes the place of the queue (see MaxBytes)"),
    RETRY_DISABLED(
            "Enable: false rejects, and counts as retries_exhausted, what cannot be delivered at the first attempt",
            "remove the key to keep it until it is delivered"),
    RETRY_LIMITED(
            "MaxRetryTimes: {times} rejects, and counts as retries_exhausted, what cannot be delivered after as many"
                    + " retries",
            "remove the key to retry without end");

    private final Template template;

    ConfigMessage(String text) {
        template = new Template(text);
    }

    ConfigMessage(String problem, String remedy) {
        template = Template.of(problem, remedy);
    }

    @Override
    public Template template() {
        return template;
    }
}
