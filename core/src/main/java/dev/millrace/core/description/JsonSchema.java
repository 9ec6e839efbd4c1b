package dev.millrace.core.description;

import dev.millrace.core.config.CaseFile;
import dev.millrace.core.config.Section;
import dev.millrace.core.json.JsonText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON Schemas (draft 2020-12) of configuration files, for editors.
 *
 * <p>A schema accepts what the binder accepts. It refuses keys that are not known or missing, wrong types and bad choices.
 * What a record checks beyond the types of its options it does not know, nor what is true of a file as a whole, such as
 * that two components have different names. No keyword is used that editors which know only draft 7 would need and not
 * understand.
 */
public final class JsonSchema {
    private final Definitions definitions = new Definitions();
    private final Description description;
    private final ReferenceSchema references;
    private final ValueSchema values;

    private JsonSchema(Description description) {
        this.description = description;
        references = new ReferenceSchema(description, definitions);
        values = new ValueSchema(definitions, references);
    }

    /** The schema of {@code millrace.yaml}. */
    public static String ofHost(Description description) {
        JsonSchema schema = new JsonSchema(description);
        return schema.text("millrace.yaml", schema.values.objects().of(description.host()));
    }

    /** The schema of files of tests. */
    public static String ofTests(Description description) {
        JsonSchema schema = new JsonSchema(description);
        return schema.text("Tests of a pipeline", schema.values.objects().of(CaseFile.type()));
    }

    /** The schema of the files of pipelines. */
    public static String ofPipelines(Description description) {
        JsonSchema schema = new JsonSchema(description);
        return schema.text("A pipeline", schema.pipeline());
    }

    private String text(String title, Keywords root) {
        return JsonText.of(new Keywords()
                .with("$schema", "https://json-schema.org/draft/2020-12/schema")
                .with("title", title)
                .and(root)
                .with("$defs", definitions.all()));
    }

    /* Of a pipeline that is off, only the syntax is checked. */
    private Keywords pipeline() {
        Map<String, Keywords> sections = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            sections.put(section.key(), section(section));
        }
        List<String> required = Arrays.stream(Section.values())
                .filter(Section::required)
                .map(Section::key)
                .toList();
        Keywords off = Keywords.where(
                "enable",
                Keywords.anyOf(
                        new Keywords().with("enum", List.of(false, "false")), Keywords.ref(Definitions.REPLACED)));
        return Keywords.type("object")
                .with("if", Keywords.anyOf(off, Keywords.not(ObjectSchema.asWritten())))
                .with("else", values.objects().of(List.of(description.pipeline()), sections, required));
    }

    private Keywords section(Section section) {
        Keywords entries = new Keywords()
                .with("type", section.required() ? "array" : List.of("array", "null"))
                .with("items", references.entry(section, values));
        if (section.required()) {
            entries.with("minItems", 1);
        }
        return section == Section.AGGREGATORS ? entries.with("maxItems", 1) : entries;
    }
}
